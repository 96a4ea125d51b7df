#!/bin/sh
# Answers hello.world. In request mode a handler is started for each request: one line in, one line out.
IFS= read -r line
find() { printf '%s\n' "$line" | sed -n "s/$1/\\1/p"; }
id=$(find '^{"jsonrpc":"2.0","id":\([0-9]*\),.*')
# The last one: an asker's own parameters, whatever they look like, stand before it.
digest=$(find '.*"digest":"\(sha256:[0-9a-f]*\)".*')
name=$(find '.*"params":{"name":"\([A-Za-z0-9 .-]*\)"},"uid":.*')
printf '{"jsonrpc":"2.0","id":%s,"result":{"digest":"%s","result":{"hello":"%s"}}}\n' "$id" "$digest" "${name:-world}"
