"""A run in a process of its own: ``python one_run.py LEVERS_AS_JSON SEED`` prints a hash of all it did."""

import hashlib
import json
import sys
from collections.abc import Mapping

from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters, Value
from cocreate.model.world import World


def run_hash(levers: Mapping[str, Value], seed: int) -> str:
    """Return a hash of every column of every table, and of the series, at the end of a run with diaries."""
    model = CoCreationModel(Parameters.of(levers), rng=seed, diaries=True)
    model.run()
    digest = hashlib.sha256()
    for table in [model.series, *(model.table(name) for name in World.table_names())]:
        for column in table.dtype.names or (None,):
            part = table if column is None else table[column]
            digest.update(part.tobytes())
    return digest.hexdigest()


if __name__ == "__main__":
    print(run_hash(json.loads(sys.argv[1]), int(sys.argv[2])))
