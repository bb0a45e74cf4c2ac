// Sends one request by the stubs of soapcpp2; CALL names the function.
//
// Usage: client ADDRESS [package]
//
// With `package` the context makes an MTOM package of it.

#include "mailboxes.nsmap"
#include "soapH.h"

int main(int count, char **arguments) {
  struct soap *soap = soap_new1(SOAP_C_UTFSTRING);
  if (count > 2) {
    soap_set_omode(soap, SOAP_ENC_MTOM);
    soap_set_mime(soap, nullptr, nullptr);
  }
  char person[] = "12838410985", provider[] = "984661185", address[] = "bjørn.testesen#1234", *status = nullptr;
  // Nobody answers: what came of it is of no interest.
  CALL(soap, arguments[1], "", person, provider, address, &status);
  soap_destroy(soap);
  soap_end(soap);
  soap_free(soap);
}
