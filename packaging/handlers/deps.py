#!/usr/bin/python3
"""Decides deps.install: what deps.txt beside it names is allowed, the rest is left to a person.

Kept: started once, then a line in and a line out for each ask, in any order, until stdin ends.
"""
import hashlib
import json
import pathlib
import sys

LIST = pathlib.Path(__file__).with_name("deps.txt")


def frozen(line):
    """The request, and the digest of its bytes as they stand in the line."""
    start = line.index('"request":') + len('"request":')
    request, end = json.JSONDecoder().raw_decode(line, start)
    return request, "sha256:" + hashlib.sha256(line[start:end].encode()).hexdigest()


def decide(request):
    package = request.get("resource")
    if not package:
        return {"verdict": "deny", "reason": "name the package as the resource"}
    listed = {name.strip() for name in LIST.read_text().splitlines() if not name.startswith("#")}
    return {"verdict": "allow", "reason": "listed"} if package in listed else {"verdict": "ask"}


for line in sys.stdin:
    call = json.loads(line)
    answer = {"jsonrpc": "2.0", "id": call["id"]}
    request, digest = frozen(line)
    if digest != call["params"]["digest"]:
        answer["error"] = {"code": -32602, "message": "the digest is not the request's"}
    else:
        answer["result"] = {"digest": digest, **decide(request)}
    print(json.dumps(answer), flush=True)
