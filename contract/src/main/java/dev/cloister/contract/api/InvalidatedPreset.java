package dev.cloister.contract.api;

/** A preset whose prepared workspaces are not handed out any more. */
public record InvalidatedPreset(String templateName, String templateVersionName, String presetName) {}
