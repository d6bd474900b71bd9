terraform {
  required_providers {
    coder = { source = "coder/coder" }
  }
}

data "coder_workspace" "me" {}

data "coder_workspace_owner" "me" {}

data "coder_parameter" "editor" {
  name         = "editor"
  display_name = "Editor"
  description  = "What programs open texts with."
  default      = "vi"
  mutable      = true

  option {
    name  = "vi"
    value = "vi"
  }
  option {
    name  = "nano"
    value = "nano"
  }
}

locals {
  home = "/var/tmp/cloister-${data.coder_workspace.me.id}"
}

resource "coder_agent" "main" {
  os   = "linux"
  arch = data.coder_provisioner.here.arch

  env = {
    EDITOR = data.coder_parameter.editor.value
  }

  metadata {
    key          = "load"
    display_name = "Load"
    script       = "cut -d' ' -f1 /proc/loadavg"
    interval     = 15
    timeout      = 5
  }
}

data "coder_provisioner" "here" {}

# Outlives stops: only a deletion removes it.
resource "terraform_data" "home" {
  input = local.home

  provisioner "local-exec" {
    command = "mkdir -m 700 '${self.input}'"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "rm -rf '${self.input}'"
  }
}

# Exists while the workspace runs, and is made anew with each start, because its agent gets another token then.
resource "terraform_data" "process" {
  count            = data.coder_workspace.me.start_count
  input            = terraform_data.home.output
  triggers_replace = [coder_agent.main.token]

  provisioner "local-exec" {
    environment = {
      HOME              = local.home
      TMPDIR            = local.home
      START             = coder_agent.main.init_script
      CODER_AGENT_TOKEN = coder_agent.main.token
    }
    command = <<-EOT
      set -eu
      cd "$HOME"
      rm -rf cloister-agent.*
      setsid sh -c "$START" >agent.log 2>&1 </dev/null &
      echo $! >agent.pid
    EOT
  }

  provisioner "local-exec" {
    when    = destroy
    command = "kill \"$(cat '${self.input}/agent.pid')\" 2>/dev/null || true"
  }
}

resource "coder_metadata" "process" {
  count       = data.coder_workspace.me.start_count
  resource_id = terraform_data.process[0].id

  item {
    key   = "home"
    value = local.home
  }
}
