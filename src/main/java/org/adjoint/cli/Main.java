package org.adjoint.cli;

/** The command {@code adjoint}. */
public final class Main {

    private Main() {
    }

    /**
     * Runs the command and leaves its exit code to the process.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("adjoint " + version());
        System.exit(args.length == 1 && args[0].equals("--version") ? 0 : 2);
    }

    static String version() {
        var version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(development build)" : version;
    }
}
