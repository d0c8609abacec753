#!/bin/sh
# Opens a backup of Countersign without Countersign: sh read-backup.sh FILE PASSPHRASE-FILE > content.json
# Needs OpenSSL 3. The format is described in vault-format.md. For your own computer only: while it runs, the passphrase
# and the keys stand on command lines, which other users of the computer can see.
set -eu
file=$1
passphrase=$(head -n 1 "$2" | tr -d '\r\n')
[ "$(sed -n 1p "$file")" = 'countersign-backup 1' ] || { echo 'not a backup of format 1' >&2; exit 1; }
field() { sed -n 2p "$file" | sed -n "s/.*\"$1\":\"\{0,1\}\([0-9a-f]*\).*/\1/p"; }

# 80 bytes from the passphrase: 32 for AES-256, 16 for its first block, 32 for HMAC-SHA-256.
keys=$(openssl kdf -keylen 80 -kdfopt "pass:$passphrase" -kdfopt "hexsalt:$(field salt)" \
  -kdfopt "n:$(field n)" -kdfopt "r:$(field r)" -kdfopt "p:$(field p)" -kdfopt maxmem_bytes:536870912 \
  -binary SCRYPT | od -An -v -tx1 | tr -d ' \n')
part() { printf %s "$keys" | cut -c "$1"; }

# The code vouches for the first two lines and for everything after it.
code=$(sed 3d "$file" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(part 97-160)" | sed 's/.*= *//')
[ "$code" = "$(sed -n 3p "$file")" ] || { echo 'wrong passphrase, or the file was altered' >&2; exit 1; }

sed 1,3d "$file" | openssl enc -d -aes-256-cbc -base64 -K "$(part 1-64)" -iv "$(part 65-96)"
