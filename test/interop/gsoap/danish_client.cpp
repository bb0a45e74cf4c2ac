// A caller of the Jobnet service as gSOAP plays it: stubs from the served WSDL, over mutual TLS.
//
// Usage: danish_client ADDRESS CERTIFICATE-AND-KEY TRUST CV-NUMBER USER-IDENTIFIER
//
// Saves an e-mail address, reads the contact data, saves a bad address and prints one line for each.

#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include "JobnetPersonNotificationReminderServiceBinding.nsmap"
#include "soapJobnetPersonNotificationReminderServiceBindingProxy.h"

using Service = JobnetPersonNotificationReminderServiceBindingProxy;

namespace {

const int SYSTEM = 3;
const int EMAIL = 3;
const int JOBNET = 30;

// docs:begin headers
// A value of a code list: each list has a type of its own. The context of the service owns what is made here.
template <typename Type> Type *item(Type *value, int number) {
  value->CodeListItemIdentifier = number;
  return value;
}

void set_headers(Service &service, const std::string &user, const std::string &code) {
  struct soap *soap = service.soap;
  auto *who = soap_new_meta__RequestUserMetadataHeaderType(soap);
  who->user__RequestUserStructure = soap_new_user__RequestUserStructureType(soap);
  who->user__RequestUserStructure->UserFullName = "Gunnar Gsoap Ærlig";
  who->user__RequestUserStructure->usertype__RequestUserTypeIdentifier =
      item(soap_new_usertype__RequestUserTypeIdentifierType(soap), SYSTEM);
  who->user__RequestUserStructure->UserIdentifier = user;
  who->org__RequestOrganisationStructure = soap_new_org__RequestOrganisationStructureType(soap);
  who->org__RequestOrganisationStructure->OrganisationTypeIdentifier =
      item(soap_new_orgtype__OrganisationTypeIdentifierType(soap), JOBNET);
  who->org__RequestOrganisationStructure->OrganisationCode = code;
  who->RegistrationDateTime = std::time(nullptr);
  auto *whom = soap_new_active__ActiveOrganisationHeaderType(soap);
  whom->OrganisationTypeIdentifier = JOBNET;
  whom->OrganisationCode = code;
  service.soap_header(whom, who);
}
// docs:end headers

msg__SavePersonContactDataRequestType *save(struct soap *soap, long long citizen, const std::string &address) {
  auto *row = soap_new_msg__PersonContactDataType(soap);
  row->PersonContactData = soap_new_std__string(soap);
  *row->PersonContactData = address;
  row->PersonContactDataTypeIdentifier = item(soap_new_kind__PersonContactDataTypeIdentifierType(soap), EMAIL);
  auto *request = soap_new_msg__SavePersonContactDataRequestType(soap);
  request->CvCustomerIdentifier = citizen;
  request->PersonContactDataCollection = soap_new_msg__PersonContactDataCollectionType(soap);
  request->PersonContactDataCollection->PersonContactData.push_back(row);
  return request;
}

// docs:begin fault
void tell_fault(Service &service) {
  struct soap *soap = service.soap;
  // Without an answer of the service there is no detail: gSOAP's own failures, TLS among them.
  const SOAP_ENV__Detail *detail = soap->fault ? soap->fault->detail : nullptr;
  if (detail && detail->fault__FaultDetails) {
    const fault__FaultDetailsType &found = *detail->fault__FaultDetails;
    std::cout << "FaultDetails " << *found.ErrorCode << ' ' << *found.Message << '\n';
  } else {
    service.soap_stream_fault(std::cout);
  }
}
// docs:end fault

}  // namespace

int main(int count, char **arguments) {
  if (count != 6) return 2;
  const char *address = arguments[1], *identity = arguments[2], *trust = arguments[3];
  const long long citizen = std::atoll(arguments[4]);
  const std::string user = arguments[5], code = user.substr(4, 8);

  // docs:begin client
  soap_ssl_init();
  Service service(address, SOAP_C_UTFSTRING);
  // One PEM file holds certificate and key.
  if (soap_ssl_client_context(service.soap, SOAP_SSL_DEFAULT, identity, nullptr, trust, nullptr, nullptr)) {
    service.soap_stream_fault(std::cerr);
    return 1;
  }
  // docs:end client

  // docs:begin call
  // Before every call: the context holds the headers of one message only.
  set_headers(service, user, code);
  msg__SavePersonContactDataResponseType saved;
  if (service.SavePersonContactData(save(service.soap, citizen, "gsoap@example.dk"), saved)) tell_fault(service);
  else std::cout << "save " << soap_answer__StatusType2s(service.soap, saved.status) << '\n';
  // docs:end call

  set_headers(service, user, code);
  msg__GetPersonContactDataRequestType question;
  question.CvCustomerIdentifier = citizen;
  msg__GetPersonContactDataResponseType found;
  if (service.GetPersonContactData(&question, found)) tell_fault(service);
  else
    for (const auto *row : found.PersonContactDataCollection->PersonContactData)
      std::cout << "get " << row->PersonContactData << ' '
                << row->PersonContactDataTypeIdentifier->CodeListItemIdentifier << ' '
                << row->PersonContactDataStatusTypeIdentifier->CodeListItemIdentifier << '\n';

  set_headers(service, user, code);
  if (service.SavePersonContactData(save(service.soap, citizen, "no address"), saved)) tell_fault(service);
  else std::cout << "no fault\n";

  service.destroy();
}
