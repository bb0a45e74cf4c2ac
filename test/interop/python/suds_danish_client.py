# A caller of the Danish services as suds plays it: everything comes from the served WSDL, over mutual TLS.
#
# Usage: suds_danish_client.py < request
#
# Takes and prints the same JSON as danish_client.py beside it.

import datetime
import json
import ssl
import sys
import urllib.request

import suds.client
import suds.sudsobject
import suds.transport.http


# docs:begin transport
class MutualTls(suds.transport.http.HttpTransport):
    """suds has no setting for a client certificate; the transport's urllib handlers have."""

    def __init__(self, certificate, key, trust):
        super().__init__()
        self.tls = ssl.create_default_context(cafile=trust)
        self.tls.load_cert_chain(certificate, key)

    def u2handlers(self):
        return [*super().u2handlers(), urllib.request.HTTPSHandler(context=self.tls)]
# docs:end transport


# docs:begin headers
def headers_of(request):
    kind, code = request["organisationType"], request["organisationCode"]
    return {
        "RequestUserMetadataHeader": {
            "RequestUserStructure": {
                "UserFullName": "Suds Ærlig",
                "RequestUserTypeIdentifier": {"CodeListItemIdentifier": 3},
                "UserIdentifier": request["userIdentifier"],
            },
            "RequestOrganisationStructure": {
                "OrganisationTypeIdentifier": {"CodeListItemIdentifier": kind},
                "OrganisationCode": code,
            },
            "RegistrationDateTime": datetime.datetime.now(datetime.timezone.utc),
        },
        "ActiveOrganisationHeader": {"OrganisationTypeIdentifier": kind, "OrganisationCode": code},
    }
# docs:end headers


def plain(value):
    """suds' objects as JSON has them."""
    if isinstance(value, suds.sudsobject.Object):
        return {name: plain(member) for name, member in suds.sudsobject.asdict(value).items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return value


def main():
    request = json.load(sys.stdin)
    # docs:begin client
    transport = MutualTls(request["certificate"], request["key"], request["trust"])
    client = suds.client.Client(request["wsdl"], cache=None, transport=transport)
    client.set_options(soapheaders=headers_of(request))
    # docs:end client
    answers = []
    for call in request["calls"]:
        try:
            # docs:begin call
            answer = getattr(client.service, call["operation"])(**call["fields"])
            # docs:end call
            answers.append(plain(answer))
        # docs:begin fault
        except suds.WebFault as error:
            fault = error.fault
            # suds reads a fault without its schema: the number is text here.
            detail = [{"ErrorCode": one.ErrorCode, "Message": one.Message} for _, one in fault.detail]
            answers.append({"fault": {"code": fault.faultcode, "text": fault.faultstring, "detail": detail}})
        # docs:end fault
    json.dump(answers, sys.stdout)


main()
