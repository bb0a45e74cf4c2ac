// A mailbox provider as gSOAP plays it: stubs from the served WSDL, requests signed and answers verified by the wsse plugin.
//
// Usage: mailbox_client ADDRESS KEY CERTIFICATE TRUST PERSON MAILBOX-ADDRESS
//
// Asks whether the person can choose a mailbox, creates one twice, deletes it, and prints one line for each.

#include <cstdio>
#include <cstring>
#include <iostream>
#include <openssl/pem.h>
#include <string>
#include "postkasseleverandoer_v1_USCORESOAP11Binding.nsmap"
#include "soappostkasseleverandoer_v1_USCORESOAP11BindingProxy.h"
#include "wsseapi.h"

using Service = postkasseleverandoer_v1_USCORESOAP11BindingProxy;

namespace {

const char *const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
const char *const PROVIDER = "984661185";
const char *const SERVER = "991825827";

struct Identity {
  EVP_PKEY *key;
  X509 *certificate;
};

Identity read_identity(const char *key_file, const char *certificate_file) {
  Identity identity{};
  if (FILE *file = std::fopen(key_file, "r")) {
    identity.key = PEM_read_PrivateKey(file, nullptr, nullptr, nullptr);
    std::fclose(file);
  }
  if (FILE *file = std::fopen(certificate_file, "r")) {
    identity.certificate = PEM_read_X509(file, nullptr, nullptr, nullptr);
    std::fclose(file);
  }
  return identity;
}

// docs:begin sign
// Before every call: the context still holds the Security header of the answer before it.
bool sign(struct soap *soap, const Identity &provider) {
  soap_wsse_delete_Security(soap);
  // gSOAP writes Created in whole seconds: with the same Id too, two equal requests of one second would be a replay.
  const std::string time = soap_rand_uuid(soap, "TS-");
  return soap_wsse_add_Timestamp(soap, time.c_str(), 60) == SOAP_OK &&
         soap_wsse_add_BinarySecurityTokenX509(soap, "Token", provider.certificate) == SOAP_OK &&
         soap_wsse_add_KeyInfo_SecurityTokenReferenceX509(soap, "#Token") == SOAP_OK &&
         // Signs the Body and every element with a wsu:Id: the Timestamp and the token.
         soap_wsse_sign_body(soap, SOAP_SMD_SIGN_RSA_SHA256, provider.key, 0) == SOAP_OK;
}
// docs:end sign

// docs:begin verify
// The signature has held by now, and the certificate leads to a trust anchor; which elements, and whose certificate?
bool is_signed_by_server(struct soap *soap) {
  // Not soap_wsse_verify_body: it wants the count 1, but counts the Body again after every signed element that stands last
  // in its parent. 0: there is none, or one that is not signed.
  if (soap_wsse_verify_element(soap, SOAP, "Body") == 0) return false;
  if (soap_wsse_verify_element(soap, wsu_URI, "Timestamp") == 0 || soap_wsse_verify_Timestamp(soap)) return false;
  X509 *signer = soap_wsse_get_KeyInfo_SecurityTokenReferenceX509(soap);
  if (!signer) return false;
  char organisation[32] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(signer), NID_serialNumber, organisation, sizeof organisation);
  X509_free(signer);
  return std::strcmp(organisation, SERVER) == 0;
}
// docs:end verify

const char *word(struct soap *soap, post__jaEllerNei status) { return soap_post__jaEllerNei2s(soap, status); }
const char *word(struct soap *soap, post__okEllerFeilet status) { return soap_post__okEllerFeilet2s(soap, status); }

template <typename Answer> void tell(Service &service, int error, const char *what, const Answer &answer) {
  struct soap *soap = service.soap;
  std::cout << what << ' ';
  if (error) {
    const char **code = soap_faultcode(soap), **text = soap_faultstring(soap);
    std::cout << "fault " << (code && *code ? *code : "") << ' ' << (text && *text ? *text : "") << '\n';
  } else if (!is_signed_by_server(soap)) {
    std::cout << "not signed by the server\n";
  } else {
    std::cout << word(soap, answer.status);
    if (answer.beskrivelse) std::cout << ' ' << soap_post__feilBeskrivelse2s(soap, *answer.beskrivelse);
    std::cout << '\n';
  }
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 7) return 2;
  const char *address = arguments[1];
  const Identity provider = read_identity(arguments[2], arguments[3]);
  if (!provider.key || !provider.certificate) return 2;

  // docs:begin client
  Service service(address, SOAP_XML_CANONICAL | SOAP_C_UTFSTRING);
  struct soap *soap = service.soap;
  soap_register_plugin(soap, soap_wsse);
  soap->cafile = arguments[4];
  soap_wsse_verify_auto(soap, SOAP_SMD_NONE, nullptr, 0);
  // docs:end client

  // docs:begin call
  _post__KanVelgeSikkerDigitalPostkasseForespoersel question;
  question.personidentifikator = arguments[5];
  _post__KanVelgeSikkerDigitalPostkasseRespons possible;
  sign(soap, provider);
  tell(service, service.KanVelgeSikkerDigitalPostkasse(&question, possible), "can choose", possible);
  // docs:end call

  _post__OpprettOgVelgSikkerDigitalPostkasseForespoersel mailbox;
  mailbox.personidentifikator = arguments[5];
  mailbox.postkasseleverandoerOrgNummer = PROVIDER;
  mailbox.postkasseadresse = arguments[6];
  for (const char *what : {"create", "create again"}) {
    _post__OpprettOgVelgSikkerDigitalPostkasseRespons created;
    sign(soap, provider);
    tell(service, service.OpprettOgVelgSikkerDigitalPostkasse(&mailbox, created), what, created);
  }

  _post__SlettPostkasseForespoersel unwanted;
  unwanted.personidentifikator = arguments[5];
  unwanted.postkasseleverandoerOrgNummer = PROVIDER;
  _post__SlettPostkasseRespons deleted;
  sign(soap, provider);
  tell(service, service.SlettPostkasse(&unwanted, deleted), "delete", deleted);

  EVP_PKEY_free(provider.key);
  X509_free(provider.certificate);
  service.destroy();
}
