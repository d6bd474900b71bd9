/**
 * The provider {@code coder/coder}, served to Terraform by this process over a unix socket made for one run. It makes
 * nothing itself: it tells a template whom and what a build is for, and writes down which agents, scripts and
 * applications the template wants. {@link ProviderEndpoint} is the way in.
 */
@NullMarked
package dev.cloister.provisioner.terraform.provider;

import org.jspecify.annotations.NullMarked;
