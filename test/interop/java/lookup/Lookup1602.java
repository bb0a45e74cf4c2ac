// An agency at 16-02 as wsimport's stubs (JAX-WS RI) play it, with WSS4J in a handler.
//
// Usage: java … Lookup1602 WSDL-URL P12 TRUST SERVER-PEM PERSON…
//
// Looks persons up, asks for changes and the print certificate, asks once more for another organisation, and prints a line for each.

import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import no.difi.begrep.Person;
import no.difi.begrep.SikkerDigitalPostAdresse;
import no.difi.kontaktinfo.wsdl.oppslagstjeneste_16_02.Oppslagstjeneste1602;
import no.difi.kontaktinfo.wsdl.oppslagstjeneste_16_02.Oppslagstjeneste1602_Service;
import no.difi.kontaktinfo.xsd.oppslagstjeneste._16_02.*;

public final class Lookup1602 {
  private static String text(Person person) {
    SikkerDigitalPostAdresse mailbox = person.getSikkerDigitalPostAdresse();
    return String.join(
        " ",
        person.getPersonidentifikator(),
        String.valueOf(person.getStatus()),
        String.valueOf(person.getVarslingsstatus()),
        mailbox == null ? "-" : mailbox.getPostkasseadresse());
  }

  // docs:begin delegation
  private static Oppslagstjenesten actingFor(String organisation) {
    Oppslagstjenesten header = new Oppslagstjenesten();
    header.setPaaVegneAv(organisation);
    return header;
  }
  // docs:end delegation

  private static HentPersonerForespoersel question(List<String> persons) {
    HentPersonerForespoersel question = new HentPersonerForespoersel();
    question.getInformasjonsbehov().addAll(List.of(Informasjonsbehov.VARSLINGS_STATUS, Informasjonsbehov.SIKKER_DIGITAL_POST));
    question.getPersonidentifikator().addAll(persons);
    return question;
  }

  public static void main(String[] args) throws Exception {
    List<String> numbers = Arrays.asList(args).subList(4, args.length);
    // docs:begin client
    Oppslagstjeneste1602 port = new Oppslagstjeneste1602_Service(new URL(args[0])).getOppslagstjenesteSOAP12();
    AgencyHandler handler = new AgencyHandler(Path.of(args[1]), "changeit", Path.of(args[2]), Path.of(args[3]));
    ((BindingProvider) port).getBinding().setHandlerChain(List.of(handler));
    // docs:end client

    try {
      // docs:begin call
      // Not null: JAX-WS would send an empty header.
      Oppslagstjenesten own = actingFor("984661185");
      HentPersonerRespons answer = port.hentPersoner(question(numbers), own);
      for (Person person : answer.getPerson()) System.out.println("person " + text(person));
      // docs:end call

      HentEndringerForespoersel since = new HentEndringerForespoersel();
      since.setFraEndringsNummer(51);
      since.getInformasjonsbehov().add(Informasjonsbehov.PERSON);
      HentEndringerRespons changes = port.hentEndringer(since, own);
      System.out.println(
          "changes " + changes.getPerson().size()
              + " to " + changes.getTilEndringsNummer() + " of " + changes.getSenesteEndringsNummer());

      HentPrintSertifikatRespons print = port.hentPrintSertifikat(new HentPrintSertifikatForespoersel(), own);
      boolean der = print.getX509Sertifikat()[0] == 0x30;
      System.out.println("print " + print.getPostkasseleverandoerAdresse() + (der ? " DER" : ""));

      port.hentPersoner(question(numbers), actingFor("991825827"));
    } catch (SOAPFaultException fault) {
      System.out.println("fault " + fault.getFault().getFaultString());
    } catch (WebServiceException refusal) {
      System.out.println("refused " + (refusal.getCause() == null ? refusal : refusal.getCause()).getMessage());
    }
  }
}
