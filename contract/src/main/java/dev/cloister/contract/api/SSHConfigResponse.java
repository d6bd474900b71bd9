package dev.cloister.contract.api;

import java.util.Map;

/** How clients shall write their OpenSSH configuration. Clients check every value before they use it. */
public record SSHConfigResponse(String hostnamePrefix, String hostnameSuffix, Map<String, String> sshConfigOptions) {}
