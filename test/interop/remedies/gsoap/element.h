// A function of the name of the request element: the message that the WSDL says.
//gsoap post service name: mailboxes
//gsoap post service namespace: http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1
//gsoap post schema namespace: http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1
int post__OpprettPostkasseForespoersel(char *post__personidentifikator, char *post__postkasseleverandoerOrgNummer, char *post__postkasseadresse, char **status);
