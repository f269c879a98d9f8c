package org.eigendrift.solvers.vector;

import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import org.eigendrift.api.InputException;

/**
 * Makes the module of the vector API readable. Named at the start of the machine, by {@code --add-modules}, it would be announced on the
 * terminal; so the start script exports the class that loads modules of the JDK afterwards, as the JDK itself does for agents.
 */
final class IncubatorModule {
    private static final String NAME = "jdk.incubator.vector";

    /** Any of its classes tells whether it is there. */
    private static final String CLASS = NAME + ".DoubleVector";

    private IncubatorModule() {}

    /**
     * Loads it, unless it is there.
     *
     * @throws InputException if this Java has none, or was not started so that it can be loaded
     */
    static void load() {
        Module own = IncubatorModule.class.getModule();
        Module incubator = ModuleLayer.boot().findModule(NAME).orElseGet(IncubatorModule::loaded);
        own.addReads(incubator);
        try {
            Class.forName(CLASS);
        } catch (ClassNotFoundException e) {
            throw missing(e);
        }
    }

    private static Module loaded() {
        try {
            return (Module) Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw missing(e instanceof InvocationTargetException ? e.getCause() : e);
        }
    }

    private static InputException missing(Throwable cause) {
        String why = ModuleFinder.ofSystem().find(NAME).isEmpty()
                ? "which Java " + Runtime.version().feature() + " here does not have"
                : "and Java was started without --add-modules " + NAME
                        + " or --add-exports java.base/jdk.internal.module=org.eigendrift.solvers.vector";
        return new InputException(
                "kernel 'vector' needs the module " + NAME + ", " + why + "; kernel 'portable' has the same bits",
                cause);
    }
}
