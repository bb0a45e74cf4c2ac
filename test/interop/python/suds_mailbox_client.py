# A mailbox provider as suds plays it: loads the served WSDL; a plugin signs every request and verifies every answer.
#
# Usage: suds_mailbox_client.py WSDL-URL KEY CERTIFICATE SERVER-CERTIFICATE < calls
#
# Reads a JSON list of {"operation": ..., "fields": {...}}, calls them in order and prints a JSON list of
# {"status": ..., "beskrivelse": ...}, {"fault": code} or {"failed": why}.

import json
import sys

import suds.client
from suds.plugin import MessagePlugin

from signed_message import NotSigned, sign, verify


def read(path):
    with open(path, "rb") as file:
        return file.read()


# docs:begin plugin
class SignedByProvider(MessagePlugin):
    """suds knows no X.509 tokens: the envelope is signed as the last thing before it is sent."""

    def __init__(self, key, certificate, server):
        self.key, self.certificate, self.server = read(key), read(certificate).decode(), read(server)

    def sending(self, context):
        context.envelope = sign(context.envelope, self.key, self.certificate)

    def received(self, context):
        verify(context.reply, self.server)
# docs:end plugin


def main():
    wsdl, key, certificate, server = sys.argv[1:]
    # docs:begin client
    provider = SignedByProvider(key, certificate, server)
    # Without cache=None suds keeps the WSDL for a day, with the address that it had then.
    client = suds.client.Client(wsdl, cache=None, plugins=[provider])
    # docs:end client
    answers = []
    for call in json.load(sys.stdin):
        try:
            # docs:begin call
            answer = getattr(client.service, call["operation"])(**call["fields"])
            answers.append({"status": answer.status, "beskrivelse": getattr(answer, "beskrivelse", None)})
        except suds.WebFault as fault:
            answers.append({"fault": fault.fault.faultcode})
            # docs:end call
        except NotSigned as refusal:
            answers.append({"failed": str(refusal)})
    json.dump(answers, sys.stdout)


main()
