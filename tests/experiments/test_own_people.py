"""People and ties of one's own: what is read, what is drawn, what is refused."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from cocreate.agents.person import Person
from cocreate.agents.politician import Politician
from cocreate.experiments.errors import MOST_PROBLEMS, DataError
from cocreate.experiments.people_file import COLUMNS, read_people
from cocreate.experiments.presets import Preset
from cocreate.experiments.schema_check import schema
from cocreate.experiments.set_up import set_up
from cocreate.experiments.ties_file import LAYERS, read_ties
from cocreate.model.model import CoCreationModel
from cocreate.model.networks import Layer
from cocreate.model.parameters import Parameters

DEFAULTS = Parameters()
WORLD = "id,role,region\na,citizen,1\nb,professional,1\nc,politician,1\n"


def write(tmp_path: Path, text: str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_people_come_sorted_by_region_and_role_with_their_ids(people_csv: Path) -> None:
    own = read_people(people_csv, DEFAULTS)
    assert own.ids == ("ann", "cem", "eva", "ben", "dee", "fay")
    assert own.regions == ("North", "South")
    assert own.data.region.tolist() == [0, 0, 0, 1, 1, 1]
    assert own.data.role.tolist() == [0, 1, 2, 0, 1, 2]
    assert own.data.sector.tolist() == [-1, 0, -1, -1, 1, -1]


def test_given_values_reach_the_model_and_the_rest_is_drawn(people_csv: Path) -> None:
    start = set_up(Preset(), {"horizon": 12}, people=people_csv)
    model = CoCreationModel(start.parameters, rng=1, data=start.data)
    trust = model.table("people")["trust"]
    assert trust[[0, 4]].tolist() == [0.5, 0.25]
    assert ((trust > 0) & (trust < 1)).all()
    assert model.table("professionals")["sector"].tolist() == [0, 1]
    model.run()
    assert model.month == 12


def test_what_is_drawn_is_said(people_csv: Path) -> None:
    own = read_people(people_csv, DEFAULTS)
    assert "openness" in own.drawn
    assert own.partly_drawn == ("trust",)
    remarks = " ".join(set_up(Preset(), {}, people=people_csv).remarks)
    assert "six" not in remarks
    assert "6 people in 2 regions" in remarks
    assert "openness" in remarks


def test_parquet_reads_like_csv(people_csv: Path, tmp_path: Path) -> None:
    frame = pd.read_csv(people_csv)
    frame.to_parquet(tmp_path / "people.parquet")
    one, two = read_people(people_csv, DEFAULTS), read_people(tmp_path / "people.parquet", DEFAULTS)
    assert one.ids == two.ids
    assert one.data.sector.tolist() == two.data.sector.tolist()
    np.testing.assert_array_equal(one.data.columns["trust"], two.data.columns["trust"])


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path, "\ufeff" + WORLD.replace(",", separator))
    assert read_people(path, DEFAULTS).ids == ("a", "b", "c")


def test_regions_that_are_numbers_are_sorted_as_numbers(tmp_path: Path) -> None:
    rows = [f"{role}{region},{role},{region}" for region in (10, 9) for role in ("citizen", "professional")]
    rows += [f"politician{region},politician,{region}" for region in (10, 9)]
    path = write(tmp_path, "id,role,region\n" + "\n".join(rows) + "\n")
    assert read_people(path, DEFAULTS).regions == ("9", "10")


def test_a_column_with_an_underscore_in_front_is_ignored(tmp_path: Path) -> None:
    text = "id,role,region,_name\na,citizen,1,x\nb,professional,1,\nc,politician,1,y\n"
    assert "_name" not in read_people(write(tmp_path, text), DEFAULTS).data.columns


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column 'id' is missing|is empty"),
        ("id,role,region\n", "is empty"),
        (WORLD.replace("id,", "idd,"), "unknown column 'idd'. Did you mean id"),
        (WORLD + "a,citizen,1\n", "line 5, column id: 'a' is already in line 2"),
        (WORLD.replace("citizen", "citzen"), "line 2, column role: must be one of citizen, .* 'citzen'"),
        (WORLD.replace("a,citizen,1", "a,citizen,"), "line 2, column region: is empty"),
        (WORLD + "d,citizen\n", "line 5: there are 2 values for 3 columns"),
        (WORLD.replace("c,politician,1\n", ""), "region '1' has no politician"),
        (WORLD + "d,citizen,2\n", "region '2' has no professional and no politician"),
        ("id,id,role,region\n1,1,citizen,1\n", "column 'id' is there twice"),
        ('id,role,region\n"a,citizen,1\n', "no valid CSV"),
        ("id,role,region,trust\na,citizen,1,1.4\n", "line 2, column trust: must be a number from 0 to 1"),
        ("id,role,region,trust\na,citizen,1,high\n", "line 2, column trust: must be a number from 0 to 1"),
        ("id,role,region,trust\na,citizen,1,nan\n", "line 2, column trust: must be a number from 0 to 1"),
        ("id,role,region,spanner\na,citizen,1,0.5\n", "column spanner: must be a whole number from 0 to 1"),
        ("id,role,region,sector\na,professional,1,helth\n", "line 2, column sector: must be one of health"),
        ("id,role,region,sector\na,professional,1,4\n", "a number from 0 to 3, but is '4'"),
        ("id,role,region,sector\na,citizen,1,health\n", "column sector: is for a professional only"),
        ("id,role,region,party\na,citizen,1,0.5\n", "column party: is for a politician only"),
    ],
)
def test_a_wrong_people_file_is_told_row_and_column(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_people(write(tmp_path, text), DEFAULTS)


def test_a_world_without_politicians_is_possible_as_a_null_world(tmp_path: Path) -> None:
    path = write(tmp_path, WORLD.replace("c,politician,1\n", ""))
    start = set_up(Preset(), {"null_world": "yes", "horizon": 24}, people=path)
    model = CoCreationModel(start.parameters, rng=1, data=start.data)
    model.run()
    assert len(model.table("politicians")) == 0


def test_several_problems_are_told_at_once_but_not_all_of_many(tmp_path: Path) -> None:
    text = "id,role,region\n" + "".join(f"{n},nobody,1\n" for n in range(50))
    with pytest.raises(DataError) as caught:
        read_people(write(tmp_path, text), DEFAULTS)
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
    assert "line 3" in caught.value.problems[1]


@pytest.mark.parametrize("name", ["people.xlsx", "none.csv"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match=name):
        read_people(tmp_path / name, DEFAULTS)


def test_files_in_another_encoding_or_format_are_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes("id,role,region\nJosé,citizen,1\n".encode("latin-1"))
    with pytest.raises(DataError, match="UTF-8"):
        read_people(latin, DEFAULTS)
    with pytest.raises(DataError, match="no valid Parquet"):
        read_people(write(tmp_path, "x", "people.parquet"), DEFAULTS)


def test_levers_that_the_file_answers_cannot_be_set_as_well(people_csv: Path) -> None:
    with pytest.raises(DataError, match="regions cannot be set together with --people"):
        set_up(Preset(), {"regions": 3}, people=people_csv)


def test_ties_from_csv_and_graphml_reach_the_model(people_csv: Path, tmp_path: Path) -> None:
    text = "source,target,layer\nann,cem,service\neva,cem,council\n"
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("ann", "cem", layer="service")
    graph.add_edge("eva", "cem", layer="council")
    nx.write_graphml(graph, tmp_path / "ties.graphml")
    for path in (write(tmp_path, text, "ties.csv"), tmp_path / "ties.graphml"):
        start = set_up(Preset(), {}, people=people_csv, ties=path)
        model = CoCreationModel(start.parameters, rng=1, data=start.data)
        assert model.neighbours(0) == [1]
        assert sorted(model.neighbours(1)) == [0, 2]
        assert model.neighbours(3) == []
        assert any("friends and colleagues" in remark for remark in start.remarks)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ann,bob,service", "line 2, column target: there is nobody with the id 'bob'"),
        ("ann,ann,friends", "line 2, column target: ties 'ann' to itself"),
        ("ann,ben,frends", "line 2, column layer: must be one of friends"),
        ("ann,cem,friends", "line 2, column layer: 'friends' cannot join a citizen and a professional"),
        ("ann,,friends", "line 2, column target: is empty"),
    ],
)
def test_a_wrong_tie_is_told_row_and_column(people_csv: Path, tmp_path: Path, row: str, message: str) -> None:
    path = write(tmp_path, f"source,target,layer\n{row}\n", "ties.csv")
    with pytest.raises(DataError, match=message):
        read_ties(path, read_people(people_csv, DEFAULTS))


def test_broken_graphml_and_ties_without_a_layer_are_refused(people_csv: Path, tmp_path: Path) -> None:
    own = read_people(people_csv, DEFAULTS)
    with pytest.raises(DataError, match="no valid GraphML"):
        read_ties(write(tmp_path, "<graphml", "ties.graphml"), own)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("ann", "cem")
    nx.write_graphml(graph, tmp_path / "bare.graphml")
    with pytest.raises(DataError, match="edge 1, column layer: is empty"):
        read_ties(tmp_path / "bare.graphml", own)


def test_ties_without_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--ties needs --people"):
        set_up(Preset(), {}, ties=tmp_path / "ties.csv")


def test_the_schema_allows_what_the_state_variables_allow() -> None:
    declared = {**Person.columns, **Politician.columns}
    for name in COLUMNS:
        if name in ("sector", "authority", "group"):
            continue
        entry = schema("people")["properties"][name]
        assert (entry["minimum"], entry["maximum"]) == (declared[name].low, declared[name].high), name


def test_the_schema_names_every_layer_of_standing_ties() -> None:
    assert {name.upper() for name in LAYERS} == {layer.name for layer in Layer} - {"INITIATIVES"}
