<?php
// A request of PHP's SoapClient: what it hands to __doRequest, with one setting wrong, and the same with it right.

declare(strict_types=1);

const MESSAGES = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';

const ADDRESS = 'bjørn.testesen#1234';

/** Keeps what it would send. */
final class KeepingClient extends SoapClient
{
    public string $request = '';
    /** @var array<string, string> as SoapClient writes them for these arguments */
    public array $headers = [];
    /** The SOAPAction to hand on in place of that of the WSDL. */
    public ?string $action = null;

    public function __doRequest(
        string $request,
        string $location,
        string $action,
        int $version,
        bool $oneWay = false,
    ): ?string {
        $action = $this->action ?? $action;
        $this->request = $request;
        $this->headers = $version === SOAP_1_2
            ? ['content-type' => "application/soap+xml; charset=utf-8; action=\"$action\""]
            : ['content-type' => 'text/xml; charset=utf-8', 'soapaction' => "\"$action\""];
        return '';
    }
}

const FIELDS = [
    'personidentifikator' => '12838410985',
    'postkasseleverandoerOrgNummer' => '984661185',
    'postkasseadresse' => ADDRESS,
];

/** By the WSDL, or without it. */
function client(string $service, string $cause, bool $wrong): KeepingClient
{
    $alone = ['uri' => MESSAGES, 'location' => $service];
    if ($cause === 'xsi-type-unknown') {
        return new KeepingClient(null, [...$alone, 'use' => $wrong ? SOAP_ENCODED : SOAP_LITERAL]);
    }
    if ($cause === 'rpc-wrapper' && $wrong) {
        return new KeepingClient(null, $alone);
    }
    $version = $cause === 'soap-version' && $wrong ? SOAP_1_2 : SOAP_1_1;
    return new KeepingClient("$service?wsdl", ['cache_wsdl' => WSDL_CACHE_NONE, 'soap_version' => $version]);
}

/** The client after a call that was not sent. */
function called(string $service, string $cause, bool $wrong): KeepingClient
{
    $client = client($service, $cause, $wrong);
    if ($cause === 'soap-action' && $wrong) {
        $client->action = 'urn:other';
    }
    // Without the WSDL the name of the call is that of the element, its arguments name theirs, and a SOAPAction is made up.
    $call = $cause === 'xsi-type-unknown'
        ? ['OpprettPostkasseForespoersel', array_map(named(...), array_keys(FIELDS), FIELDS), ['soapaction' => '']]
        : ['OpprettPostkasse', [FIELDS]];
    try {
        $client->__soapCall(...$call);
    } catch (SoapFault $fault) {
        // There was no answer.
        if ($client->request === '') {
            throw $fault;
        }
    }
    return $client;
}

function named(string $name, string $value): SoapVar
{
    return new SoapVar($value, XSD_STRING, null, null, $name, MESSAGES);
}
