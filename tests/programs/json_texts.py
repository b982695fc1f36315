"""json."""
import json


def attempt(function, *arguments, **keywords):
    try:
        print(function(*arguments, **keywords))
    except Exception as error:
        print(type(error).__name__, error, isinstance(error, json.JSONDecodeError))


data = {"name": "Ann", "tags": ["a", "b"], "age": 31, "height": 1.75, "ok": True, "none": None, "nested": {"x": []}, 1: "one", "empty": {}}
print(json.dumps(data))
print(json.dumps(data, indent=2))
print(json.dumps({"b": 1, "a": [1, {"c": 2}]}, sort_keys=True, separators=(",", ":")), json.dumps([1, [2]], indent="--"))
print(json.dumps("naïve \"quoted\" \n\t\\ €😀"), json.dumps("naïve €", ensure_ascii=False), json.dumps((1, 2)), json.dumps(float("inf")), json.dumps(1e20))
print(json.loads('{"a": [1, 2.5, -3e2, true, false, null, "x\\u00e9\\n"], "b": {}}'), json.loads(" [ ] "), json.loads('"\\ud83d\\ude00"'), json.loads("12"))
print(json.loads(json.dumps(data)) == {**{k: v for k, v in data.items() if k != 1}, "1": "one"})
attempt(json.dumps, {1, 2})
attempt(json.dumps, {(1, 2): 3})
attempt(json.dumps, object, default=lambda thing: "default")
attempt(json.loads, "")
attempt(json.loads, "{'a': 1}")
attempt(json.loads, '{"a": 1,}')
attempt(json.loads, "[1, 2")
attempt(json.loads, "[1 2]")
attempt(json.loads, '{"a" 1}')
attempt(json.loads, "[1] x")
attempt(json.loads, '"abc')
attempt(json.loads, '[1,\n  oops]')
attempt(json.loads, 5)
