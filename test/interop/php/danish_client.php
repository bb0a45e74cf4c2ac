<?php
// A caller of the Danish services as PHP's SoapClient plays it: everything comes from the served WSDL, over mutual TLS.
//
// Usage: php danish_client.php < request
//
// Takes and prints the same JSON as danish_client.py beside it.

declare(strict_types=1);

$request = json_decode(stream_get_contents(STDIN), true, 32, JSON_THROW_ON_ERROR);

// docs:begin client
$client = new SoapClient($request['wsdl'], [
    'cache_wsdl' => WSDL_CACHE_NONE,
    'exceptions' => true,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    'stream_context' => stream_context_create(['ssl' => [
        'local_cert' => $request['certificate'],
        'local_pk' => $request['key'],
        'cafile' => $request['trust'],
        'verify_peer' => true,
        'verify_peer_name' => true,
    ]]),
]);
// docs:end client

// docs:begin headers
$kind = $request['organisationType'];
$code = $request['organisationCode'];
$client->__setSoapHeaders([
    new SoapHeader('http://service.bm.dk/RequestUserMetadata/2015/01/21/', 'RequestUserMetadataHeader', [
        'RequestUserStructure' => [
            'UserFullName' => 'Pia PHP Ærlig',
            'RequestUserTypeIdentifier' => ['CodeListItemIdentifier' => 3],
            'UserIdentifier' => $request['userIdentifier'],
        ],
        'RequestOrganisationStructure' => [
            'OrganisationTypeIdentifier' => ['CodeListItemIdentifier' => $kind],
            'OrganisationCode' => $code,
        ],
        'RegistrationDateTime' => gmdate('Y-m-d\TH:i:s\Z'),
    ]),
    new SoapHeader('http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/', 'ActiveOrganisationHeader', [
        'OrganisationTypeIdentifier' => $kind,
        'OrganisationCode' => $code,
    ]),
]);
// docs:end headers

$answers = [];
foreach ($request['calls'] as ['operation' => $operation, 'fields' => $fields]) {
    // docs:begin call
    try {
        $answers[] = $client->__soapCall($operation, [$fields]);
    } catch (SoapFault $fault) {
        // Without an answer of the service there is no detail: SoapClient's own failures.
        $detail = isset($fault->detail) ? array_values(get_object_vars($fault->detail)) : [];
        $answers[] = ['fault' => [
            'code' => $fault->faultcode,
            'text' => $fault->getMessage(),
            'detail' => $detail,
        ]];
    }
    // docs:end call
}
echo json_encode($answers, JSON_THROW_ON_ERROR);
