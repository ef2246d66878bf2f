#!/bin/sh
# Makes the certificates that tests of TLS use, valid for a hundred years; Node cannot issue any. Their keys are public and guard nothing.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

authority() {
  key "$scratch/$1.key"
  openssl req -x509 -new -key "$scratch/$1.key" -days 36500 -subj "/CN=$2" -out "$1.pem"
}

# issue NAME SUBJECT EXTENSIONS: a certificate of the test authority, and its key.
issue() {
  key "$1.key"
  openssl req -new -key "$1.key" -subj "/CN=$2" -out "$scratch/$1.csr"
  printf '%s\n' "$3" >"$scratch/$1.ext"
  openssl x509 -req -in "$scratch/$1.csr" -CA authority.pem -CAkey "$scratch/authority.key" -CAcreateserial \
    -CAserial "$scratch/serial" -days 36500 -extfile "$scratch/$1.ext" -out "$1.pem"
}

authority authority 'Plimsoll tests'
authority stranger 'Nobody that is trusted'
issue server shop.test 'subjectAltName = DNS:shop.test, IP:127.0.0.1'
issue client load.test 'extendedKeyUsage = clientAuth'
