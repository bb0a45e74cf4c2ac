#!/bin/sh
# Builds mailbox_client from the served WSDL: build_mailbox_client.sh WSDL-URL FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wsdl=$1
cd "$2"

# docs:begin build
# mailbox.dat names the prefixes; wsse.h brings the Security header into the generated code.
wsdl2h -O4 -t "$here/mailbox.dat" -o service.h "$wsdl"
{ echo '#import "wsse.h"'; cat service.h; } >client.h
soapcpp2 -j -C -L -x -w -1 -I/usr/share/gsoap/import client.h

# The runtime with OpenSSL and DOM comes compiled; of the plugin only the sources are in the package.
# The flags are those of pkg-config --cflags gsoapssl++; with others the runtime does not fit.
flags='-DWITH_IPV6 -DWITH_OPENSSL -DWITH_GZIP -DWITH_DOM'
for source in soapC.cpp soap*Proxy.cpp "$here/mailbox_client.cpp"; do
  g++ -O0 -w $flags -I. -I/usr/share/gsoap/plugin -c "$source"
done
for source in plugin/wsseapi plugin/smdevp plugin/mecevp plugin/threads custom/struct_timeval; do
  g++ -O0 -w $flags -I. -I/usr/share/gsoap/plugin -x c++ -c "/usr/share/gsoap/$source.c"
done
g++ -o mailbox_client ./*.o -lgsoapssl++ -lssl -lcrypto -lz
# docs:end build
