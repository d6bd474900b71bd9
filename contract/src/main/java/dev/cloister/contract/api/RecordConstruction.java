package dev.cloister.contract.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Makes records by reflection. The mapper's own way, a method handle that takes its arguments as an array, has the JVM
 * write a dozen classes for every type of record: a quarter of the time of a command that reads one answer.
 */
final class RecordConstruction extends SimpleModule {
    private static final long serialVersionUID = 1L;

    RecordConstruction() {
        super("record-construction");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new ByReflection());
    }

    private static final class ByReflection extends ValueInstantiators.Base {
        @Override
        public ValueInstantiator modifyValueInstantiator(
                DeserializationConfig config, BeanDescription.Supplier description, ValueInstantiator usual) {
            return description.getBeanClass().isRecord() && usual instanceof StdValueInstantiator standard
                    ? OfRecord.in(standard)
                    : usual;
        }
    }

    private static final class OfRecord extends StdValueInstantiator {
        private final Constructor<?> constructor;

        private OfRecord(StdValueInstantiator usual, Constructor<?> constructor) {
            super(usual);
            this.constructor = constructor;
        }

        static ValueInstantiator in(StdValueInstantiator usual) {
            var creator = usual.getWithArgsCreator();
            if (creator == null || !(creator.getAnnotated() instanceof Constructor<?> constructor)) {
                return usual;
            }
            constructor.setAccessible(true);
            return new OfRecord(usual, constructor);
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, @Nullable Object[] arguments)
                throws JacksonException {
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException refused) {
                return context.handleInstantiationProblem(
                        getValueClass(), arguments, rewrapCtorProblem(context, refused.getCause()));
            } catch (ReflectiveOperationException | RuntimeException impossible) {
                return context.handleInstantiationProblem(
                        getValueClass(), arguments, rewrapCtorProblem(context, impossible));
            }
        }
    }
}
