package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts for shells know every command and every option. */
final class CompletionTest {
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void when_a_script_is_made_then_no_command_and_no_long_option_is_missing(String shell) {
        // when
        Cli script = Cli.weir("completion", shell);
        // then
        assertThat(script.code()).isZero();
        Weir.commandLine().getSubcommands().forEach((name, command) -> {
            assertThat(script.out()).contains(name);
            command.getCommandSpec().options().forEach(option -> assertThat(script.out())
                    .contains(option.longestName().replaceFirst("^-+", "")));
        });
    }
}
