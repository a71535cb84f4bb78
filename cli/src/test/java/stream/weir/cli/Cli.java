package stream.weir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command has answered.
 *
 * @param out standard output
 * @param err standard error
 */
record Cli(int code, String out, String err) {
    static Cli weir(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine weir = Weir.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = weir.execute(arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
