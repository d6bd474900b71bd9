package dev.cloister.server.personal.external;

import java.util.Map;

/** What need not be written down of well-known services; keys are those of the file of providers. */
final class Presets {
    private static final Map<String, Map<String, String>> BY_TYPE = Map.of(
            "github",
            Map.of(
                    "display-name", "GitHub",
                    "display-icon", "/icon/github.svg",
                    "auth-url", "https://github.com/login/oauth/authorize",
                    "token-url", "https://github.com/login/oauth/access_token",
                    "device-url", "https://github.com/login/device/code",
                    "validate-url", "https://api.github.com/user",
                    "regex", "^(https?://)?github\\.com(/.*)?$",
                    "scopes", "repo,workflow"),
            "gitlab",
            Map.of(
                    "display-name", "GitLab",
                    "display-icon", "/icon/gitlab.svg",
                    "auth-url", "https://gitlab.com/oauth/authorize",
                    "token-url", "https://gitlab.com/oauth/token",
                    "validate-url", "https://gitlab.com/oauth/token/info",
                    "revoke-url", "https://gitlab.com/oauth/revoke",
                    "regex", "^(https?://)?gitlab\\.com(/.*)?$",
                    "scopes", "write_repository,read_user"),
            "bitbucket-cloud",
            Map.of(
                    "display-name", "Bitbucket",
                    "display-icon", "/icon/bitbucket.svg",
                    "auth-url", "https://bitbucket.org/site/oauth2/authorize",
                    "token-url", "https://bitbucket.org/site/oauth2/access_token",
                    "validate-url", "https://api.bitbucket.org/2.0/user",
                    "regex", "^(https?://)?bitbucket\\.org(/.*)?$",
                    "scopes", "account,repository:write"),
            "gitea",
            Map.of(
                    "display-name", "Gitea",
                    "display-icon", "/icon/gitea.svg",
                    "auth-url", "https://gitea.com/login/oauth/authorize",
                    "token-url", "https://gitea.com/login/oauth/access_token",
                    "validate-url", "https://gitea.com/login/oauth/userinfo",
                    "regex", "^(https?://)?gitea\\.com(/.*)?$",
                    "scopes", "read:repository,write:repository"));

    private Presets() {}

    static Map<String, String> of(String type) {
        return BY_TYPE.getOrDefault(type, Map.of());
    }
}
