// A mailbox provider as wsimport's stubs (JAX-WS RI) play it, with WSS4J in a handler.
//
// Usage: java … MailboxCaller WSDL-URL P12 TRUST PERSON MAILBOX-ADDRESS
//
// Asks whether the person can choose a mailbox, creates one twice, deletes it, asks with a bad number, and prints one
// line for each.

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.soap.SOAPFaultException;
import no.stub.*;

public final class MailboxCaller {
  private static final String PROVIDER = "984661185";

  private interface Call {
    String make() throws Exception;
  }

  private static void tell(String what, Call call) throws Exception {
    String said;
    try {
      said = call.make();
    } catch (SOAPFaultException fault) {
      said = "fault " + fault.getFault().getFaultCode();
    } catch (WebServiceException refusal) {
      said = "refused " + (refusal.getCause() == null ? refusal : refusal.getCause()).getMessage();
    }
    System.out.println(what + " " + said);
  }

  private static String text(Object status, FeilBeskrivelse reason) {
    return reason == null ? status.toString() : status + " " + reason;
  }

  public static void main(String[] args) throws Exception {
    String person = args[3];
    // docs:begin client
    PostkasseleverandoerV1 port = new PostkasseleverandoerV1_Service(new URL(args[0])).getPostkasseleverandoer();
    SignedByProvider handler = new SignedByProvider(Path.of(args[1]), "changeit", Path.of(args[2]));
    ((BindingProvider) port).getBinding().setHandlerChain(List.of(handler));
    // docs:end client

    // docs:begin call
    KanVelgeSikkerDigitalPostkasseForespoersel question = new KanVelgeSikkerDigitalPostkasseForespoersel();
    question.setPersonidentifikator(person);
    tell("can choose", () -> {
      KanVelgeSikkerDigitalPostkasseRespons answer = port.kanVelgeSikkerDigitalPostkasse(question);
      return text(answer.getStatus(), answer.getBeskrivelse());
    });
    // docs:end call

    OpprettOgVelgSikkerDigitalPostkasseForespoersel mailbox = new OpprettOgVelgSikkerDigitalPostkasseForespoersel();
    mailbox.setPersonidentifikator(person);
    mailbox.setPostkasseleverandoerOrgNummer(PROVIDER);
    mailbox.setPostkasseadresse(args[4]);
    for (String what : List.of("create", "create again"))
      tell(what, () -> {
        OpprettOgVelgSikkerDigitalPostkasseRespons answer = port.opprettOgVelgSikkerDigitalPostkasse(mailbox);
        return text(answer.getStatus(), answer.getBeskrivelse());
      });

    SlettPostkasseForespoersel unwanted = new SlettPostkasseForespoersel();
    unwanted.setPersonidentifikator(person);
    unwanted.setPostkasseleverandoerOrgNummer(PROVIDER);
    tell("delete", () -> {
      SlettPostkasseRespons answer = port.slettPostkasse(unwanted);
      return text(answer.getStatus(), answer.getBeskrivelse());
    });

    question.setPersonidentifikator("123");
    tell("bad number", () -> port.kanVelgeSikkerDigitalPostkasse(question).getStatus().toString());
  }
}
