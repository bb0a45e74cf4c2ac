// A call without a certificate by java.net.http with an Authenticator, which hides a 401 that does not say what to bring.

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public final class Unauthenticated {
  public static void main(String[] args) throws Exception {
    Authenticator authenticator =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("nobody", "secret".toCharArray());
          }
        };
    HttpClient client = HttpClient.newBuilder().authenticator(authenticator).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0])).header("x-civilregistrationIdentifier", args[1]).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(answer.statusCode() + " " + answer.headers().firstValue("www-authenticate").orElse("none"));
    System.out.println(answer.body());
  }
}
