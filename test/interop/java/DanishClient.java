// A caller of the Jobnet service as wsimport's stubs (JAX-WS RI) play it, over mutual TLS by the JVM's own properties.
//
// Usage: java … DanishClient WSDL-URL CV-NUMBER USER-IDENTIFIER
//
// Saves an e-mail address, reads the contact data, names a code, saves a bad address and prints one line for each.

import dk.stub.*;
import java.net.URL;
import java.util.GregorianCalendar;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.soap.SOAPFaultException;

public final class DanishClient {
  private static final int SYSTEM = 3;
  private static final int EMAIL = 3;
  private static final int JOBNET = 30;

  // docs:begin headers
  /** Fills in the number of a code list value: each list has a type of its own. */
  private static <T extends CodeListBaseType> T item(T value, int number) {
    value.setCodeListItemIdentifier(number);
    return value;
  }

  private static RequestUserMetadataHeaderType userHeader(String user, String code) throws Exception {
    RequestUserStructureType structure = new RequestUserStructureType();
    structure.setUserFullName("Java Ærlig");
    structure.setRequestUserTypeIdentifier(item(new RequestUserTypeIdentifierType(), SYSTEM));
    structure.setUserIdentifier(user);
    RequestOrganisationStructureType organisation = new RequestOrganisationStructureType();
    organisation.setOrganisationTypeIdentifier(item(new OrganisationTypeIdentifierType(), JOBNET));
    organisation.setOrganisationCode(code);
    RequestUserMetadataHeaderType header = new RequestUserMetadataHeaderType();
    header.setRequestUserStructure(structure);
    header.setRequestOrganisationStructure(organisation);
    header.setRegistrationDateTime(DatatypeFactory.newInstance().newXMLGregorianCalendar(new GregorianCalendar()));
    return header;
  }

  private static ActiveOrganisationHeaderType organisationHeader(String code) {
    ActiveOrganisationHeaderType header = new ActiveOrganisationHeaderType();
    header.setOrganisationTypeIdentifier(JOBNET);
    header.setOrganisationCode(code);
    return header;
  }
  // docs:end headers

  private static SavePersonContactDataRequestType save(long citizen, String address) {
    PersonContactDataType row = new PersonContactDataType();
    row.setPersonContactData(new ObjectFactory().createPersonContactDataTypePersonContactData(address));
    row.setPersonContactDataTypeIdentifier(item(new PersonContactDataTypeIdentifierType(), EMAIL));
    PersonContactDataCollectionType rows = new PersonContactDataCollectionType();
    rows.getPersonContactData().add(row);
    SavePersonContactDataRequestType request = new SavePersonContactDataRequestType();
    request.setCvCustomerIdentifier(citizen);
    request.setPersonContactDataCollection(rows);
    return request;
  }

  public static void main(String[] args) throws Exception {
    long citizen = Long.parseLong(args[1]);
    String code = args[2].substring("CVR:".length(), "CVR:".length() + 8);
    RequestUserMetadataHeaderType user = userHeader(args[2], code);
    ActiveOrganisationHeaderType organisation = organisationHeader(code);
    // docs:begin client
    JobnetPersonNotificationReminderService port =
        new JobnetPersonNotificationReminderService_Service(new URL(args[0]))
            .getJobnetPersonNotificationReminderServicePort();
    // docs:end client

    System.out.println(
        "save " + port.savePersonContactData(save(citizen, "java@example.dk"), user, organisation).getStatus());

    // docs:begin call
    GetPersonContactDataRequestType request = new GetPersonContactDataRequestType();
    request.setCvCustomerIdentifier(citizen);
    GetPersonContactDataResponseType answer = port.getPersonContactData(request, user, organisation);
    for (RegisteredPersonContactDataType row : answer.getPersonContactDataCollection().getPersonContactData()) {
      System.out.println(
          "get " + row.getPersonContactData()
              + " " + row.getPersonContactDataTypeIdentifier().getCodeListItemIdentifier()
              + " " + row.getPersonContactDataStatusTypeIdentifier().getCodeListItemIdentifier());
    }
    // docs:end call

    // Compiles only where wsimport made an enumeration of the codes, and not a String.
    System.out.println("enum " + BeskrivelseType.FEJL_9460.value());

    // docs:begin fault
    try {
      port.savePersonContactData(save(citizen, "no address"), user, organisation);
      System.out.println("no fault");
    } catch (FaultDetails fault) {
      FaultDetailsType detail = fault.getFaultInfo();
      System.out.println("FaultDetails " + detail.getErrorCode() + " " + detail.getMessage().getValue());
    } catch (SOAPFaultException fault) {
      System.out.println("SOAPFaultException " + fault.getFault().getFaultCode() + " " + fault.getMessage());
    }
    // docs:end fault
  }
}
