#!/bin/sh
# A caller of the Danish REST service as curl plays it: saves an e-mail address, verifies it by the code, reads it.
#
# Usage: rest_client.sh ADDRESS OUTBOX CERTIFICATE KEY TRUST CITIZEN
set -eu
address=$1 outbox=$2 certificate=$3 key=$4 trust=$5 citizen=$6

# docs:begin call
call() {
  curl --silent --show-error --fail-with-body --cacert "$trust" --cert "$certificate" --key "$key" \
    --header "x-civilregistrationIdentifier: $citizen" "$@"
  echo
}

send() {
  path=$1 body=$2
  call --header 'content-type: application/json' --data "$body" "$address/v1/kontaktinformation$path"
}
# docs:end call

# docs:begin story
send '' '{"kontaktinformationer": {"kontaktinformation": [{"kontaktdata": "curl@example.dk", "kontaktdataType": 3}]}}'
send /verifikationskode '{"kontaktdataType": 3}'
# The code as the citizen would have received it. A test reads it from the emulator's outbox.
code=$(curl --silent --show-error "$outbox" | grep -o '"code":"[0-9]*"' | head -n 1 | tr -dc 0-9)
send /verificering "{\"verifikationskode\": \"$code\", \"kontaktdataType\": 3}"
call "$address/v1/kontaktinformation"
# docs:end story
