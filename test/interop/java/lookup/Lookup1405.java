// An agency at 14-05 as wsimport's stubs (JAX-WS RI) play it, with WSS4J in a handler.
//
// Usage: java … Lookup1405 WSDL-URL P12 TRUST SERVER-PEM PERSON…
//
// Looks persons up, asks for changes and the print certificate, asks once more with no person, and prints a line for each.

import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import no.difi.begrep.Person;
import no.difi.begrep.SikkerDigitalPostAdresse;
import no.difi.kontaktinfo.wsdl.oppslagstjeneste_14_05.Oppslagstjeneste1405;
import no.difi.kontaktinfo.wsdl.oppslagstjeneste_14_05.Oppslagstjeneste1405_Service;
import no.difi.kontaktinfo.xsd.oppslagstjeneste._14_05.*;

public final class Lookup1405 {
  private static String text(Person person) {
    SikkerDigitalPostAdresse mailbox = person.getSikkerDigitalPostAdresse();
    return String.join(
        " ",
        person.getPersonidentifikator(),
        String.valueOf(person.getStatus()),
        String.valueOf(person.getBeskrivelse()),
        mailbox == null ? "-" : mailbox.getPostkasseadresse());
  }

  private static HentPersonerForespoersel question(List<String> persons) {
    HentPersonerForespoersel question = new HentPersonerForespoersel();
    question.getInformasjonsbehov().addAll(List.of(Informasjonsbehov.PERSON, Informasjonsbehov.SIKKER_DIGITAL_POST));
    question.getPersonidentifikator().addAll(persons);
    return question;
  }

  public static void main(String[] args) throws Exception {
    List<String> numbers = Arrays.asList(args).subList(4, args.length);
    Oppslagstjeneste1405 port = new Oppslagstjeneste1405_Service(new URL(args[0])).getOppslagstjeneste();
    AgencyHandler handler = new AgencyHandler(Path.of(args[1]), "changeit", Path.of(args[2]), Path.of(args[3]));
    ((BindingProvider) port).getBinding().setHandlerChain(List.of(handler));

    try {
      HentPersonerRespons answer = port.hentPersoner(question(numbers));
      for (Person person : answer.getPerson()) System.out.println("person " + text(person));

      HentEndringerForespoersel since = new HentEndringerForespoersel();
      since.setFraEndringsNummer(51);
      since.getInformasjonsbehov().add(Informasjonsbehov.PERSON);
      HentEndringerRespons changes = port.hentEndringer(since);
      System.out.println(
          "changes " + changes.getPerson().size()
              + " to " + changes.getTilEndringsNummer() + " of " + changes.getSenesteEndringsNummer());

      HentPrintSertifikatRespons print = port.hentPrintSertifikat(new HentPrintSertifikatForespoersel());
      boolean der = print.getX509Sertifikat()[0] == 0x30;
      System.out.println("print " + print.getPostkasseleverandoerAdresse() + (der ? " DER" : ""));

      port.hentPersoner(question(List.of()));
    } catch (SOAPFaultException fault) {
      System.out.println("fault " + fault.getFault().getFaultString());
    } catch (WebServiceException refusal) {
      System.out.println("refused " + (refusal.getCause() == null ? refusal : refusal.getCause()).getMessage());
    }
  }
}
