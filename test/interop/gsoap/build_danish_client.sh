#!/bin/sh
# Builds danish_client from the served WSDL: build_danish_client.sh WSDL-URL FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wsdl=$1
cd "$2"

# docs:begin build
# danish.dat names the prefixes.
wsdl2h -O4 -t "$here/danish.dat" -o service.h "$wsdl"
soapcpp2 -j -C -L -x -w -1 -I/usr/share/gsoap/import service.h

flags='-DWITH_IPV6 -DWITH_OPENSSL -DWITH_GZIP -DWITH_DOM'
for source in soapC.cpp soap*Proxy.cpp "$here/danish_client.cpp"; do
  g++ -O0 -w $flags -I. -c "$source"
done
g++ -o danish_client ./*.o -lgsoapssl++ -lssl -lcrypto -lz
# docs:end build
