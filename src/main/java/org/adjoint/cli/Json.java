package org.adjoint.cli;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Objects as JSON, indented. */
final class Json {
    private static final ObjectWriter WRITER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()
            .writer();

    private Json() {
    }

    static String write(Object value) {
        return WRITER.writeValueAsString(value);
    }
}
