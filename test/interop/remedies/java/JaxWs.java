// Sends a request by the runtime of JAX-WS, with one setting wrong and with it right.
//
// Usage: java JaxWs ADDRESS < jobs
//
// A job is a line: the cause, `wrong` or `right`, and the content of the Body in base64, with tabs between.

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Dispatch;
import javax.xml.ws.Service;
import javax.xml.ws.WebServiceException;
import javax.xml.ws.WebServiceFeature;
import javax.xml.ws.soap.AddressingFeature;
import javax.xml.ws.soap.MTOMFeature;
import javax.xml.ws.soap.SOAPBinding;

public final class JaxWs {
  private static final QName SERVICE = new QName("urn:service", "service");
  private static final QName PORT = new QName("urn:service", "port");

  private static WebServiceFeature[] features(String cause) {
    return switch (cause) {
      case "mtom" -> new WebServiceFeature[] {new MTOMFeature()};
      case "must-understand" -> new WebServiceFeature[] {new AddressingFeature(true, true)};
      default -> new WebServiceFeature[0];
    };
  }

  private static void send(String address, String cause, byte[] body) {
    Service service = Service.create(SERVICE);
    boolean newer = cause.equals("soap-version");
    service.addPort(PORT, newer ? SOAPBinding.SOAP12HTTP_BINDING : SOAPBinding.SOAP11HTTP_BINDING, address);
    Dispatch<Source> dispatch = service.createDispatch(PORT, Source.class, Service.Mode.PAYLOAD, features(cause));
    // WS-Addressing wants an action.
    dispatch.getRequestContext().put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
    dispatch.getRequestContext().put(BindingProvider.SOAPACTION_URI_PROPERTY, "OpprettPostkasse");
    try {
      dispatch.invoke(new StreamSource(new ByteArrayInputStream(body)));
    } catch (WebServiceException unanswered) {
      System.err.println(unanswered.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      String[] fields = line.split("\t");
      send(args[0], fields[1].equals("wrong") ? fields[0] : "", Base64.getDecoder().decode(fields[2]));
    }
  }
}
