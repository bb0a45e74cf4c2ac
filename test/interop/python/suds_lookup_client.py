# An agency as suds plays it, at 14-05: a plugin signs every request, decrypts and verifies every answer.
#
# Usage: suds_lookup_client.py WSDL-URL KEY CERTIFICATE SERVER-CERTIFICATE < calls
#
# Reads a JSON list of {"operation": ..., "fields": {...}}, calls them in order and prints a JSON list of what suds made of the
# answers, {"fault": code} or {"failed": why}; the names of attributes begin with _ in both.

import json
import sys

import suds.client
import suds.sudsobject
from lxml import etree
from suds.plugin import MessagePlugin

from encrypted_message import NotDecrypted, decrypt
from signed_message import PARSER, SOAP, NotSigned, sign, verify


def read(path):
    with open(path, "rb") as file:
        return file.read()


# docs:begin plugin
class SignedByAgency(MessagePlugin):
    """suds gets the answer decrypted, once the server's signature is found right."""

    def __init__(self, key, certificate, server):
        self.key, self.certificate, self.server = read(key), read(certificate).decode(), read(server)

    def sending(self, context):
        context.envelope = sign(context.envelope, self.key, self.certificate)

    def received(self, context):
        envelope = etree.fromstring(context.reply, PARSER)
        # Faults of this service are neither signed nor encrypted.
        if envelope.find("{%s}Body/{%s}Fault" % (SOAP, SOAP)) is not None:
            return
        decrypt(envelope, self.key)
        context.reply = etree.tostring(envelope)
        verify(context.reply, self.server)
# docs:end plugin


def plain(value):
    """suds answers with objects of its own."""
    if isinstance(value, suds.sudsobject.Object):
        return {name: plain(part) for name, part in suds.sudsobject.items(value)}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def main():
    wsdl, key, certificate, server = sys.argv[1:]
    # docs:begin client
    agency = SignedByAgency(key, certificate, server)
    # Without cache=None suds keeps the WSDL for a day, with the address that it had then.
    # Unwrapped, a request has no place for its attributes (fraEndringsNummer).
    client = suds.client.Client(wsdl, cache=None, unwrap=False, plugins=[agency])
    # docs:end client
    answers = []
    for call in json.load(sys.stdin):
        try:
            # docs:begin call
            answer = getattr(client.service, call["operation"])(call["fields"])
            answers.append(plain(answer))
        except suds.WebFault as fault:
            answers.append({"fault": fault.fault.faultcode})
            # docs:end call
        except (NotDecrypted, NotSigned) as refusal:
            answers.append({"failed": str(refusal)})
    json.dump(answers, sys.stdout, default=str)


main()
