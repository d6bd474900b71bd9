package dev.cloister.provisioner.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A claim that holds where the engine runs as root, and is reported as not enforced elsewhere. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("dev.cloister.provisioner.sandbox.Lab#isRoot")
@interface RootOnly {}
