# A mailbox provider as zeep plays it: loads the served WSDL, signs every request, verifies every answer.
#
# Usage: mailbox_client.py WSDL-URL KEY CERTIFICATE SERVER-CERTIFICATE FOLDER < calls
#
# Reads a JSON list of {"operation": ..., "fields": {...}}, calls them in order and prints a JSON list of
# {"status": ..., "beskrivelse": ..., "wire": file, "tree": file} or {"failed": exception}. `wire` holds the bytes of the
# answer as they came, `tree` what a zeep plugin was given. With "damage" in a call the answer is damaged on its way in.

import base64
import datetime
import json
import os
import sys

import requests
import xmlsec
import zeep
from lxml import etree
from zeep.exceptions import SignatureVerificationFailed
from zeep.wsse import signature, utils


class SignedByProvider(signature.BinarySignature):
    """zeep's own signing with a Timestamp before it, and the server's certificate for the answers."""

    def __init__(self, key, certificate, server):
        super().__init__(
            key,
            certificate,
            signature_method=xmlsec.Transform.RSA_SHA256,
            digest_method=xmlsec.Transform.SHA256,
        )
        with open(server, "rb") as file:
            self.server = file.read()

    def apply(self, envelope, headers):
        created = datetime.datetime.utcnow()
        timestamp = utils.WSU.Timestamp(
            utils.WSU.Created(utils.get_timestamp(created, zulu_timestamp=True)),
            utils.WSU.Expires(
                utils.get_timestamp(created + datetime.timedelta(seconds=60), zulu_timestamp=True)
            ),
        )
        utils.get_security_header(envelope).append(timestamp)
        return super().apply(envelope, headers)

    def verify(self, envelope):
        # Faults of this service are never signed; zeep raises them as what they are.
        if envelope.find("{*}Body/{*}Fault") is not None:
            return envelope
        signature._verify_envelope_with_key(envelope, signature._make_verify_key(self.server))
        return envelope


class Recorder(zeep.Plugin):
    """Keeps the tree of the last answer."""

    def ingress(self, envelope, http_headers, operation):
        self.tree = etree.tostring(envelope, encoding="utf-8", xml_declaration=False)
        return envelope, http_headers


class Wire(zeep.Transport):
    """Keeps the bytes of the last answer, and damages it where it was told to."""

    damage = None

    def post(self, address, message, headers):
        response = super().post(address, message, headers)
        self.bytes = response.content
        if self.damage:
            before, after = (part.encode() for part in self.damage)
            if before not in response.content:
                raise ValueError("nothing to damage")
            response._content = response.content.replace(before, after)
        return response


def main():
    address, key, certificate, server, folder = sys.argv[1:]
    session = requests.Session()
    session.trust_env = False
    wire, recorder = Wire(session=session), Recorder()
    client = zeep.Client(
        address,
        transport=wire,
        wsse=SignedByProvider(key, certificate, server),
        plugins=[recorder],
    )

    def save(name, content):
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    answers = []
    for number, call in enumerate(json.load(sys.stdin)):
        fields = dict(call["fields"])
        if "x509Sertifikat" in fields:
            fields["x509Sertifikat"] = base64.b64decode(fields["x509Sertifikat"])
        wire.damage = call.get("damage")
        try:
            answer = client.service[call["operation"]](**fields)
        except (zeep.exceptions.Fault, SignatureVerificationFailed) as error:
            answers.append({"failed": type(error).__name__})
            continue
        answers.append(
            {
                "status": answer["status"],
                "beskrivelse": answer["beskrivelse"],
                "wire": save("zeep-%d-wire.xml" % number, wire.bytes),
                "tree": save("zeep-%d-tree.xml" % number, recorder.tree),
            }
        )
    json.dump(answers, sys.stdout)


main()
