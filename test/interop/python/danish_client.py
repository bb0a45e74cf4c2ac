# A caller of the Danish services as zeep plays it: everything comes from the served WSDL, over mutual TLS.
#
# Usage: danish_client.py < request
#
# Reads {"wsdl", "certificate", "key", "trust", "organisationType", "organisationCode", "userIdentifier", "calls"} where each call
# is {"operation", "fields"}, calls them in order and prints a JSON list of answers, or of {"fault": {"code", "text", "detail"}}.

import datetime
import json
import sys

import requests
import zeep
from zeep.helpers import serialize_object


# docs:begin headers
def headers_of(request):
    kind, code = request["organisationType"], request["organisationCode"]
    return {
        "RequestUserMetadataHeader": {
            "RequestUserStructure": {
                "UserFullName": "Zeep Ærlig",
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


def main():
    request = json.load(sys.stdin)
    # docs:begin client
    session = requests.Session()
    # No proxy and no REQUESTS_CA_BUNDLE from the environment: the latter would win over verify.
    session.trust_env = False
    session.cert = (request["certificate"], request["key"])
    session.verify = request["trust"]
    client = zeep.Client(request["wsdl"], transport=zeep.Transport(session=session))
    # docs:end client
    answers = []
    for call in request["calls"]:
        # docs:begin call
        try:
            answer = client.service[call["operation"]](**call["fields"], _soapheaders=headers_of(request))
            answers.append(serialize_object(answer, dict))
        except zeep.exceptions.Fault as fault:
            detail = [serialize_object(client.wsdl.types.deserialize(part), dict) for part in fault.detail]
            answers.append({"fault": {"code": fault.code, "text": fault.message, "detail": detail}})
        # docs:end call
    json.dump(answers, sys.stdout)


main()
