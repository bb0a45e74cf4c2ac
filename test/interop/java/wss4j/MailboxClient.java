// A mailbox provider as plain DOM and WSS4J play it; it stays, and does one job for each line that it is given.
//
// A job is a verb and name=value pairs, separated by tabs; names with a dot before them are the message's fields. The
// folder of every job (at=) holds client.p12, server.p12, trust.pem, CRLs, and known.pem where certificates are only named.
// Each job is answered by one line of JSON: what was found, or `failed` with the complaint.
//
//   call     service= operation= identifier= [old=] wire= plain= .field=…   signs, sends, verifies and decrypts
//   read     wire= plain=                                    verifies and decrypts a message in a file
//   protect  wire= to= [confirms=] [content= transport=]     in the server's place: signs anew, encrypts

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.ws.security.WSSConfig;
import org.w3c.dom.Document;

public final class MailboxClient {
  private final HttpClient http = HttpClient.newHttpClient();

  private static Keys keys(Map<String, String> job, String party) throws Exception {
    return new Keys(Path.of(job.get("at")), party);
  }

  private Map<String, Object> call(Map<String, String> job) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    job.forEach((name, value) -> {
      if (name.startsWith(".")) fields.put(name.substring(1), value);
    });
    Request request =
        Request.write(
            keys(job, "client"),
            job.get("operation"),
            fields,
            job.get("identifier"),
            "true".equals(job.get("old")),
            "true".equals(job.get("token")));
    HttpRequest message =
        HttpRequest.newBuilder(URI.create(job.get("service")))
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", "\"\"")
            .POST(BodyPublishers.ofByteArray(request.bytes))
            .build();
    HttpResponse<byte[]> response = http.send(message, BodyHandlers.ofByteArray());
    Files.write(Path.of(job.get("wire")), response.body());
    Map<String, Object> findings = read(job);
    findings.put("http", response.statusCode());
    findings.put("sent", Answer.base64(request.signatureValue));
    return findings;
  }

  private Map<String, Object> read(Map<String, String> job) throws Exception {
    Answer answer = Answer.read(Files.readAllBytes(Path.of(job.get("wire"))), keys(job, "client"));
    Files.write(Path.of(job.get("plain")), Xml.write(answer.document));
    return answer.findings;
  }

  private Map<String, Object> protect(Map<String, String> job) throws Exception {
    Document answer = Xml.parse(Files.readAllBytes(Path.of(job.get("wire"))));
    if (job.containsKey("confirms"))
      Protected.sign(answer, keys(job, "server"), Base64.getDecoder().decode(job.get("confirms")));
    if (job.containsKey("content"))
      Protected.encrypt(answer, keys(job, "client"), job.get("content"), job.get("transport"));
    Files.write(Path.of(job.get("to")), Xml.write(answer));
    return new LinkedHashMap<>();
  }

  private Map<String, Object> perform(String line) {
    Map<String, String> job = new LinkedHashMap<>();
    String[] words = line.split("\t");
    for (int place = 1; place < words.length; place++) {
      String[] pair = words[place].split("=", 2);
      job.put(pair[0], pair[1]);
    }
    try {
      return switch (words[0]) {
        case "call" -> call(job);
        case "read" -> read(job);
        case "protect" -> protect(job);
        default -> throw new IllegalArgumentException("no such job: " + words[0]);
      };
    } catch (Exception complaint) {
      return Map.of("failed", complaint.getClass().getSimpleName() + ": " + complaint.getMessage());
    }
  }

  private static boolean isPlain(int unit) {
    return unit >= ' ' && unit <= '~' && unit != '"' && unit != '\\';
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map)
      return map.entrySet().stream()
          .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    if (value instanceof List<?> list)
      return list.stream().map(MailboxClient::json).collect(Collectors.joining(",", "[", "]"));
    if (value instanceof Integer) return value.toString();
    return String.valueOf(value)
        .chars()
        .mapToObj(unit -> isPlain(unit) ? String.valueOf((char) unit) : String.format("\\u%04x", unit))
        .collect(Collectors.joining("", "\"", "\""));
  }

  public static void main(String[] args) throws Exception {
    WSSConfig.init();
    MailboxClient provider = new MailboxClient();
    BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = jobs.readLine(); line != null; line = jobs.readLine())
      answers.println(json(provider.perform(line)));
  }
}
