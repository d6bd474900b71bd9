package dev.cloister.provisioner.sandbox;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs test classes in a process of another user, where the usual runner is not; says one line for each test. */
public final class ForkedTests {
    private ForkedTests() {}

    /** @param names of test classes */
    public static void main(String[] names) throws Exception {
        for (var name : names) {
            run(Class.forName(name));
        }
        System.exit(0);
    }

    private static void run(Class<?> type) throws Exception {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        var instance = constructor.newInstance();
        call(methods(type, BeforeAll.class), null);
        for (var test : methods(type, Test.class)) {
            if (!test.isAnnotationPresent(RootOnly.class)) {
                report(type, test, instance);
            }
        }
        call(methods(type, AfterAll.class), null);
    }

    private static void report(Class<?> type, Method test, Object instance) throws Exception {
        var name = type.getSimpleName() + "." + test.getName();
        try {
            call(methods(type, BeforeEach.class), instance);
            try {
                call(List.of(test), instance);
            } finally {
                call(methods(type, AfterEach.class), instance);
            }
            System.out.println("PASSED " + name);
        } catch (InvocationTargetException e) {
            System.out.println("FAILED " + name + " " + trace(e.getCause()).replace("\n", "\\n"));
        }
    }

    private static String trace(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .flatMap(Stream::of)
                .toList();
    }

    private static void call(List<Method> methods, Object instance) throws Exception {
        for (var method : methods) {
            method.setAccessible(true);
            method.invoke(instance);
        }
    }
}
