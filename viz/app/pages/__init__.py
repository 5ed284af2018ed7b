"""The pages of the app: each module holds one component ``Page``."""
