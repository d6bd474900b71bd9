package dev.cloister.server.connection.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppHostsTest {
    private static final URI HTTPS = URI.create("https://cloister.example.com");
    private static final AppHosts HOSTS = AppHosts.of(HTTPS, "*.example.com");

    @Test
    void thePlatformsOwnHostIsNoAppHostEvenUnderTheWildcard() {
        assertThat(HOSTS.covers("cloister.example.com")).isFalse();
        assertThat(HOSTS.covers("CLOISTER.example.com:443")).isFalse();
        assertThat(HOSTS.label("cloister.example.com")).isEmpty();
        assertThat(HOSTS.covers("x--y--z.example.com")).isTrue();
    }

    @Test
    void onlyTheExactSuffixCounts() {
        for (String host : List.of(
                "example.com", "x.example.com.evil.org", "xexample.com", "x.example.com.", "evil.org", "", "[::1]")) {
            assertThat(HOSTS.label(host)).as(host).isEmpty();
        }
        assertThat(HOSTS.label("a.b.example.com")).isEmpty();
        assertThat(HOSTS.label("-x.example.com")).isEmpty();
        assertThat(HOSTS.label("x%00.example.com")).isEmpty();
        assertThat(HOSTS.label("App--Dev--Alice.EXAMPLE.com:8443")).contains("app--dev--alice");
    }

    @Test
    void addressesMustHaveOurSchemeAndPort() {
        assertThat(HOSTS.label(URI.create("https://x--y--z.example.com/p?q"))).contains("x--y--z");
        assertThat(HOSTS.label(URI.create("https://x--y--z.example.com:443/"))).contains("x--y--z");
        assertThat(HOSTS.label(URI.create("http://x--y--z.example.com/"))).isEmpty();
        assertThat(HOSTS.label(URI.create("https://x--y--z.example.com:8443/"))).isEmpty();
        assertThat(HOSTS.label(URI.create("https://u@x--y--z.example.com/"))).isEmpty();
    }

    @Test
    void aWildcardMayBePartOfALabelAndHaveAPort() {
        var hosts = AppHosts.of(URI.create("http://127.0.0.1:3000"), "http://*--apps.example.com:8080");

        assertThat(hosts.wildcard()).isEqualTo("*--apps.example.com:8080");
        assertThat(hosts.label("x--y--z--apps.example.com:8080")).contains("x--y--z");
        assertThat(hosts.url("x--y--z")).isEqualTo(URI.create("http://x--y--z--apps.example.com:8080/"));
    }

    @Test
    void nonsenseIsRefusedWithASentence() {
        for (String wildcard : List.of(
                "apps.example.com",
                "*",
                "*.",
                "**.example.com",
                "*.ex ample.com",
                "*.a.b:x",
                "*.a.b:99999",
                "*.a.b/path")) {
            assertThatThrownBy(() -> AppHosts.of(HTTPS, wildcard))
                    .as(wildcard)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("wildcard");
        }
        assertThat(AppHosts.of(HTTPS, " ").isEnabled()).isFalse();
        assertThat(AppHosts.none(HTTPS).covers("anything")).isFalse();
    }

    @Test
    void aLabelIsNeverLongerThanALabelCanBe() {
        var brief = new AppHosts.Place("main", "dev", "alice");
        assertThat(AppHosts.label("code", brief)).isEqualTo("code--main--dev--alice");
        var long1 = new AppHosts.Place("a".repeat(20), "w".repeat(20), "u".repeat(20));
        assertThat(AppHosts.label("code", long1)).isEqualTo("code--" + "w".repeat(20) + "--" + "u".repeat(20));
        var long2 = new AppHosts.Place("main", "w".repeat(32), "u".repeat(32));
        assertThat(AppHosts.label("code", long2)).isEmpty();
        assertThat(HOSTS.portTemplate(brief)).isEqualTo("https://{{port}}--main--dev--alice.example.com");
        assertThat(HOSTS.portTemplate(long2)).isEmpty();
    }
}
