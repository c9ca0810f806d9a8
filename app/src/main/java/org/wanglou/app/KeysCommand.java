package org.wanglou.app;

import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Keys;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wanglou keys}: makes the instance's keys and gives out the public ones. */
@Command(
        name = "keys",
        description = "Makes the instance's SM2 keys and exports the public ones.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KeysCommand.Init.class,
            KeysCommand.Export.class,
            KeysCommand.FreshSecret.class,
            KeysCommand.FreshToken.class,
            CommandLine.HelpCommand.class
        })
final class KeysCommand implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say init, export, secret or token");
    }

    /** Makes them if there are none. */
    @Command(
            name = "init",
            description = "Makes the keys if there are none; prints their ids.",
            mixinStandardHelpOptions = true)
    static final class Init implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "data",
                description = "Data directory (default: ${DEFAULT-VALUE}).")
        private Path data = Path.of("data");

        @Override
        public Integer call() {
            try (DataDirectory directory = DataDirectory.open(data)) {
                KeyRing ring = directory.keys();
                for (String name : DataDirectory.KEYS) {
                    spec.commandLine()
                            .getOut()
                            .println(name + " " + ring.signer(name).kid());
                }
                return 0;
            }
        }
    }

    /** Prints one public key. */
    @Command(name = "export", description = "Prints a public key as PEM.", mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Parameters(
                paramLabel = "NAME",
                defaultValue = "notify",
                description = "ledger, notify, rules or report (default: ${DEFAULT-VALUE}).")
        private String name = "notify";

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "data",
                description = "Data directory (default: ${DEFAULT-VALUE}).")
        private Path data = Path.of("data");

        @Override
        public Integer call() throws Exception {
            if (!DataDirectory.KEYS.contains(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "no key is named " + name + ": the names are " + DataDirectory.KEYS);
            }
            // The public half lies beside the ring, so a running instance need not be stopped to read it.
            Path file = data.resolve("keys").resolve(name + ".pub.pem");
            if (!java.nio.file.Files.exists(file)) {
                throw new IllegalStateException(
                        "there are no keys in " + data + ": run 'wanglou keys init --data " + data + "'");
            }
            String pem = java.nio.file.Files.readString(file);
            spec.commandLine().getOut().print(Keys.publicPem(Keys.publicFromPem(pem)));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    /** Prints a webhook secret; nothing is kept. */
    @Command(
            name = "secret",
            description = "Prints a fresh webhook secret (whsec_…) for a route; nothing is kept.",
            mixinStandardHelpOptions = true)
    static final class FreshSecret implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine()
                    .getOut()
                    .println(Secret.of(KeyRing.randomSecret(32)).reveal());
            return 0;
        }
    }

    /** Prints a bearer token; nothing is kept. */
    @Command(
            name = "token",
            description = "Prints a fresh bearer token for an http source; nothing is kept.",
            mixinStandardHelpOptions = true)
    static final class FreshToken implements Callable<Integer> {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine()
                    .getOut()
                    .println(Base64.getUrlEncoder().withoutPadding().encodeToString(KeyRing.randomSecret(32)));
            return 0;
        }
    }
}
