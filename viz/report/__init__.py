"""Reports: self-contained pages for readers who were not there."""
