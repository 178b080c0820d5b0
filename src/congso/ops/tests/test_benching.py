import json

from congso.ops import benching
from congso.ops.bench import Goal, Outcome


def test_a_goal_is_met_at_its_very_value():
    assert Goal("p99_ms", 100, 100, "ms", "at_most").is_met
    assert Goal("requests_per_s", 150, 150, "1/s", "at_least").is_met


def test_a_goal_is_missed_beyond_its_value():
    assert not Goal("p99_ms", 100.1, 100, "ms", "at_most").is_met
    assert not Goal("requests_per_s", 149.9, 150, "1/s", "at_least").is_met


def test_the_outcome_has_the_promised_form():
    goal = Goal("share_of_plain", 0.9, 0.8, "1", "at_least")

    written = benching._as_json("journal", Outcome({"acts": 10}, {"acts_per_s": 5.0}, (goal,)))

    told = json.loads(json.dumps(written))
    assert list(told) == ["bench", "machine", "inputs", "results", "goals"]
    assert told["goals"] == [{"name": "share_of_plain", "value": 0.9, "goal": 0.8, "unit": "1", "met": True}]
    assert told["machine"]["cores"] >= 1
