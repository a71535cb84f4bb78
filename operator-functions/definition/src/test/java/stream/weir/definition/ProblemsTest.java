package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake in a sound file gives one line, at the right place, with the reason and what to write instead. */
final class ProblemsTest {
    @Test
    void when_nothing_is_replaced_then_the_file_is_sound() {
        assertThat(PipelineText.problems(PipelineText.SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            apiVersion: weir.stream/v1alpha1 ¦ apiVersion: weir/v1 ¦ 1:13: apiVersion: "weir/v1" — must be weir.stream/v1alpha1
            kind: StreamPipeline ¦ kind: StreamPipline ¦ 2:7: kind: "StreamPipline" — must be StreamPipeline; did you mean "StreamPipeline"?
            {name: orders} ¦ {name: Orders} ¦ 3:18: metadata.name: "Orders" — a name consists of a-z, 0-9 and '-', and begins and ends with a letter or a digit
            {name: orders} ¦ {labels: {a: b}} ¦ 3:11: metadata.name: is required
            maxParallelism: 16 ¦ maxParallelism: 0 ¦ 5:19: spec.maxParallelism: "0" — must be from 1 to 32768
            maxParallelism: 16 ¦ maxParallelism: 1 ¦ 17:17: spec.stages[1].replicas: "2" — is more than spec.maxParallelism, 1
            maxParallelism: 16 ¦ maxParalelism: 16 ¦ 5:3: spec.maxParalelism: "maxParalelism" — no such field; did you mean "maxParallelism"?
            interval: 2s ¦ interval: 0s ¦ 7:15: spec.checkpoint.interval: "0s" — must be longer than 0
            interval: 2s ¦ interval: -2s ¦ 7:15: spec.checkpoint.interval: "-2s" — a duration is not negative
            interval: 2s ¦ interval: 2 seconds ¦ 7:15: spec.checkpoint.interval: "2 seconds" — must be a duration such as 500ms, 2s, 1m, 24h or 7d
            interval: 2s ¦ tolerableFailures: -2 ¦ 7:24: spec.checkpoint.tolerableFailures: "-2" — must be from -1 to 2147483647
            interval: 2s ¦ retained: 0 ¦ 7:15: spec.checkpoint.retained: "0" — must be from 1 to 2147483647
            interval: 2s ¦ mode: exactlyOnce ¦ 7:11: spec.checkpoint.mode: "exactlyOnce" — must be ExactlyOnce or AtLeastOnce; did you mean "ExactlyOnce"?
            interval: 2s ¦ snapshots: {uri: /data} ¦ 7:22: spec.checkpoint.snapshots.uri: "/data" — must be file:DIR or s3://BUCKET/PREFIX
            interval: 2s ¦ snapshots: {client: aws} ¦ 7:16: spec.checkpoint.snapshots.uri: is required
            maxBytes: 64MiB ¦ maxBytes: 0 ¦ 8:27: spec.checkpoint.alignment.maxBytes: "0" — alignment.maxBytes is -1 (no limit) or a positive number of bytes such as 64MiB
            maxBytes: 64MiB ¦ maxBytes: -2 ¦ 8:27: spec.checkpoint.alignment.maxBytes: "-2" — alignment.maxBytes is -1 (no limit) or a positive number of bytes such as 64MiB
            maxBytes: 64MiB ¦ maxBytes: 64MB ¦ 8:27: spec.checkpoint.alignment.maxBytes: "64MB" — alignment.maxBytes is -1 (no limit) or a positive number of bytes such as 64MiB
            spill: true ¦ spill: yes ¦ 8:41: spec.checkpoint.alignment.spill: "yes" — must be true or false
            replicas: 2 ¦ replicas: two ¦ 17:17: spec.stages[1].replicas: "two" — must be a whole number
            replicas: 2 ¦ replicas: -1 ¦ 17:17: spec.stages[1].replicas: "-1" — must be from 1 to 32768
            replicas: 2 ¦ replicas: 17 ¦ 17:17: spec.stages[1].replicas: "17" — is more than spec.maxParallelism, 16
            name: report ¦ name: report.late ¦ 24:13: spec.stages[2].name: "report.late" — a name consists of a-z, 0-9 and '-', and begins and ends with a letter or a digit
            {from: orders, ¦ {from: ordres, ¦ 18:23: spec.stages[1].inputs[0].from: "ordres" — no stage of that name; did you mean "orders"?
            {from: orders, ¦ {from: orders.late, ¦ 18:23: spec.stages[1].inputs[0].from: "orders.late" — stage orders has no output late
            keyBy: [customer] ¦ keyBy: [custmer] ¦ 18:39: spec.stages[1].inputs[0].keyBy[0]: "custmer" — no such field in the rows; did you mean "customer"?
            keyBy: [customer] ¦ keyBy: [tags] ¦ 18:39: spec.stages[1].inputs[0].keyBy[0]: "tags" — is a list(string); a key consists of strings, numbers, bools, timestamps and bytes
            keyBy: [customer] ¦ keyBy: [] ¦ 18:38: spec.stages[1].inputs[0].keyBy: needs at least one field
            keyBy: [customer] ¦ keyBy: [customer], partition: forward ¦ 18:50: spec.stages[1].inputs[0].partition: an input has keyBy or partition, not both
            keyBy: [customer] ¦ partition: broadcst ¦ 18:42: spec.stages[1].inputs[0].partition: "broadcst" — must be forward or rebalance or broadcast; did you mean "broadcast"?
            price > 0.0 ¦ price > 0 ¦ 20:25: spec.stages[1].steps[0].filter: "price > 0" — > does not take double and int; int and double do not mix: convert one with double(...) or write 1.0 for 1
            price > 0.0 ¦ prize > 0.0 ¦ 20:19: spec.stages[1].steps[0].filter: "prize > 0.0" — no field prize; did you mean "price"?
            price > 0.0 ¦ price ¦ 20:19: spec.stages[1].steps[0].filter: "price" — must be a bool, it is a double
            - filter: price > 0.0 ¦ - fliter: price > 0.0 ¦ 20:11: spec.stages[1].steps[0].fliter: "fliter" — no such field; did you mean "filter"?
            - filter: price > 0.0 ¦ - {} ¦ 20:11: spec.stages[1].steps[0]: a step is one of filter, map, flatMap, aggregate, join, deduplicate, function
            - filter: price > 0.0 ¦ - map: {} ¦ 20:16: spec.stages[1].steps[0].map: needs at least one field
            - filter: price > 0.0 ¦ - {filter: price > 0.0, onError: ignore} ¦ 20:42: spec.stages[1].steps[0].onError: "ignore" — must be fail or skip or deadLetter
            - filter: price > 0.0 ¦ - {filter: price > 0.0, onError: deadLetter} ¦ 20:42: spec.stages[1].steps[0].onError: "deadLetter" — nobody reads the dead letters of this stage; add a stage with inputs: [{from: totals.deadLetters}]
            - filter: price > 0.0 ¦ - flatMap: {as: tag, of: customer} ¦ 20:34: spec.stages[1].steps[0].flatMap.of: "customer" — must be a list, it is a string
            - filter: price > 0.0 ¦ - deduplicate: {by: [ida]} ¦ 20:30: spec.stages[1].steps[0].deduplicate.by[0]: "ida" — no such field in the rows; did you mean "id"?
            - filter: price > 0.0 ¦ - function: {name: tagg} ¦ 20:28: spec.stages[1].steps[0].function.name: "tagg" — no function of that name on the class path; did you mean "tag"?
            - filter: price > 0.0 ¦ - function: {name: tag, config: {txt: a}} ¦ 20:42: spec.stages[1].steps[0].function.config.txt: "txt" — no such field; did you mean "text"?
            - filter: price > 0.0 ¦ - function: {name: pair} ¦ 20:28: spec.stages[1].steps[0].function.name: "pair" — this function has two inputs: name them as left and right
            - filter: price > 0.0 ¦ - join: {left: orders, right: totals, within: 1m} ¦ 20:39: spec.stages[1].steps[0].join.right: "totals" — this stage has no input of that name; there is orders
            {tumbling: 1h} ¦ {tumbling: 1h, sliding: 2h} ¦ 22:21: spec.stages[1].steps[1].aggregate.window: a window is one of {tumbling: 24h}, {sliding: 3h, slide: 1h} and {session: 30m}
            {tumbling: 1h} ¦ {sliding: 1h} ¦ 22:21: spec.stages[1].steps[1].aggregate.window.slide: is required
            {tumbling: 1h} ¦ {sliding: 1h, slide: 2h} ¦ 22:42: spec.stages[1].steps[1].aggregate.window.slide: "2h" — a window must not slide further than its size, rows would be lost
            {tumbling: 1h} ¦ {tumbling: 0s} ¦ 22:32: spec.stages[1].steps[1].aggregate.window.tumbling: "0s" — must be longer than 0
            window: {tumbling: 1h} ¦ late: drop ¦ 22:13: spec.stages[1].steps[1].aggregate.late: only an aggregate with a window has late rows
            {sum: price} ¦ {sum: customer} ¦ 23:56: spec.stages[1].steps[1].aggregate.fields.total.sum: "customer" — sum takes an int or a double
            {sum: price} ¦ {summ: price} ¦ 23:51: spec.stages[1].steps[1].aggregate.fields.total.summ: "summ" — no such field; did you mean "sum"?
            {sum: price} ¦ {max: tags} ¦ 23:56: spec.stages[1].steps[1].aggregate.fields.total.max: "tags" — max takes an int, a double, a string, a bool or a timestamp
            {sum: price} ¦ {sum: pric} ¦ 23:56: spec.stages[1].steps[1].aggregate.fields.total.sum: "pric" — no such field in the rows; did you mean "price"?
            {sum: price} ¦ {top: {n: 0, by: price, of: id}} ¦ 23:60: spec.stages[1].steps[1].aggregate.fields.total.top.n: "0" — must be from 1 to 10000
            total: {sum ¦ customer: {sum ¦ 23:43: spec.stages[1].steps[1].aggregate.fields.customer: "customer" — the result has a field of that name already, from the key or the window
            from: totals ¦ from: report ¦ 25:23: spec.stages[2].inputs[0].from: "report" — the stages go round in a circle: report → report
            file: {path: out} ¦ fiel: {path: out} ¦ 27:9: spec.stages[2].sink.fiel: "fiel" — neither a field of a sink nor one of the installed sinks; did you mean "file"?
            file: {path: out} ¦ file: {} ¦ 27:15: spec.stages[2].sink.file.path: is required
            file: {path: out} ¦ file: {path: out, format: xml} ¦ 27:35: spec.stages[2].sink.file.format: "xml" — must be csv or jsonl
            file: {path: out} ¦ kafka: {topic: t} ¦ 27:9: spec.stages[2].sink.kafka: "kafka" — neither a field of a sink nor one of the installed sinks; there is file, stdout
            id: int ¦ id: integer ¦ 14:24: spec.stages[0].source.file.schema.id: "integer" — no such type; a type is one of string, int, double, bool, timestamp, bytes, list(TYPE), map(TYPE, TYPE)
            field: at ¦ field: time ¦ 15:28: spec.stages[0].source.eventTime.field: "time" — no such field in the rows; there is id, customer, price, at, tags
            field: at ¦ field: price ¦ 15:28: spec.stages[0].source.eventTime.field: "price" — is a double; event time is a timestamp, or an int of milliseconds since 1970
            maxOutOfOrderness: 1m ¦ maxOutOfOrderness: 1x ¦ 15:51: spec.stages[0].source.eventTime.maxOutOfOrderness: "1x" — must be a duration such as 500ms, 2s, 1m, 24h or 7d
            maxOutOfOrderness: 1m ¦ idleTimeout: 0s ¦ 15:45: spec.stages[0].source.eventTime.idleTimeout: "0s" — must be longer than 0
            schema: ¦ shema: ¦ 14:11: spec.stages[0].source.file.shema: "shema" — no such field; did you mean "schema"?
            source: ¦ sourc: ¦ 11:7: spec.stages[0].sourc: "sourc" — no such field; did you mean "source"?
            """)
    void when_one_thing_is_wrong_then_one_line_says_so(String right, String wrong, String line) {
        assertThat(PipelineText.problems(right, wrong)).containsExactly("f:" + line);
    }

    @Test
    void when_several_things_are_wrong_then_all_are_reported_in_the_order_of_the_file_and_causes_only_once() {
        List<String> problems = PipelineText.problems("""
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: orders}
                spec:
                  checkpoint: {interval: never}
                  stages:
                    - name: orders
                      source:
                        file: {path: orders.csv, schema: {id: int, price: dubble}}
                        eventTime: {field: at}
                    - name: totals
                      replicas: 2
                      inputs: [{from: orders, keyBy: [custmer]}]
                      steps:
                        - filter: prize > 0
                        - aggregate: {window: {tumbling: 1h}, late: {to: nowhere}, fields: {n: {count: "*"}}}
                    - name: report
                      inputs: [{from: totals}, {from: orders}]
                      sink:
                        file: {path: out, formt: csv}
                    - name: lonely
                      sink: {stdout: {}}
                """);

        assertThat(problems)
                .containsExactly(
                        "f:5:26: spec.checkpoint.interval: \"never\" — must be a duration such as 500ms, 2s, 1m, 24h or 7d",
                        "f:9:59: spec.stages[0].source.file.schema.price: \"dubble\" — no such type; a type is one of"
                                + " string, int, double, bool, timestamp, bytes, list(TYPE), map(TYPE, TYPE);"
                                + " did you mean \"double\"?",
                        "f:16:58: spec.stages[1].steps[1].aggregate.late.to: \"nowhere\" — no stage of that name; there is"
                                + " orders, totals, report, lonely",
                        "f:20:27: spec.stages[2].sink.file.formt: \"formt\" — no such field; did you mean \"format\"?",
                        "f:21:7: spec.stages[3]: \"lonely\" — a stage has a source or inputs, this one has neither");
    }

    @Test
    void when_two_steps_come_to_the_same_name_then_the_nameless_one_is_told() {
        assertThat(PipelineText.problems("- filter: price > 0.0", "- {filter: price > 0.0, name: aggregate}"))
                .containsExactly(
                        "f:21:11: spec.stages[1].steps[1].aggregate: this step would be called aggregate, which is"
                                + " another step's name; give it one of its own");
    }

    @Test
    void when_a_keyed_step_stands_in_a_source_stage_of_several_replicas_then_advice_is_given() {
        assertThat(PipelineText.problems("""
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: p}
                spec:
                  stages:
                    - name: a
                      replicas: 2
                      source: {generator: {}}
                      steps: [{aggregate: {fields: {n: {count: "*"}}}}]
                """))
                .containsExactly(
                        "f:9:16: spec.stages[0].steps[0].aggregate: aggregate needs rows by key, and this stage"
                                + " has 2 replicas: move it to a stage of its own that reads this one with keyBy, or give the"
                                + " stage one replica");
    }

    @Test
    void when_a_connector_refuses_its_options_then_its_words_stand_at_its_name() {
        assertThat(PipelineText.problems(
                        "schema: {id: int, customer: string, price: double, at: timestamp, tags: list(string)}",
                        "format: csv"))
                .containsExactly("f:12:9: spec.stages[0].source.file: a csv source needs a schema");
        assertThat(
                        PipelineText.problems(
                                "from: totals}]",
                                "from: numbers}]\n    - name: numbers\n      source: {generator: {count: 2000000}}\n    - name: b\n      inputs: [{from: totals}]"))
                .containsExactly(
                        "f:27:16: spec.stages[3].source.generator: \"generator\" — cannot be set up: count is too large");
    }

    @Test
    void when_stages_go_round_in_a_circle_then_the_circle_is_named_once() {
        List<String> problems = PipelineText.problems("""
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: circle}
                spec:
                  stages:
                    - name: a
                      inputs: [{from: c}]
                    - name: b
                      inputs: [{from: a}]
                    - name: c
                      inputs: [{from: b}]
                """);

        assertThat(problems)
                .containsExactly("f:7:23: spec.stages[0].inputs[0].from: \"c\" — the stages go round in a circle:"
                        + " a → b → c → a");
    }

    @Test
    void when_inputs_flow_together_then_their_rows_have_one_type() {
        assertThat(PipelineText.problems("inputs: [{from: totals}]", "inputs: [{from: totals}, {from: orders}]"))
                .containsExactly("f:25:39: spec.stages[2].inputs[1].from: \"orders\" — its rows are {id: int, customer:"
                        + " string, price: double, at: timestamp, tags: list(string)}, those of totals are {customer:"
                        + " string, window_start: timestamp, window_end: timestamp, count: int, total: double}; inputs"
                        + " that flow together have rows of one type, others are joined");
    }

    @Test
    void when_an_expression_has_several_lines_then_the_fault_is_placed_in_its_line() {
        assertThat(PipelineText.problems(
                        "- filter: price > 0.0", "- filter: |-\n            price > 0.0 &&\n            idd > 3"))
                .containsExactly("f:22:13: spec.stages[1].steps[0].filter: \"price > 0.0 &&\\nidd > 3\" — no field idd;"
                        + " did you mean \"id\"?");
        assertThat(PipelineText.problems("- filter: price > 0.0", "- filter: \"price > idd\""))
                .containsExactly("f:20:28: spec.stages[1].steps[0].filter: \"price > idd\" — no field idd;"
                        + " did you mean \"id\"?");
    }
}
