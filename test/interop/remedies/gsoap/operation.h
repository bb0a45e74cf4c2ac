// A function of the name of the operation: gSOAP writes its name around the parameters.
//gsoap post service name: mailboxes
//gsoap post service namespace: http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1
//gsoap post schema namespace: http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1
int post__OpprettPostkasse(char *post__personidentifikator, char *post__postkasseleverandoerOrgNummer, char *post__postkasseadresse, char **status);
