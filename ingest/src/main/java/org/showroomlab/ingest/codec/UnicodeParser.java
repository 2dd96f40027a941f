package org.showroomlab.ingest.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * A parser that takes Unicode text only, also in what is skipped. JSON's grammar lets half of a surrogate pair stand alone
 * when it is escaped (RFC 8259, section 8.2); written in UTF-8, all such halves would become the same question mark.
 */
final class UnicodeParser extends JsonParserDelegate {

    UnicodeParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        // The parser itself looks at names.
        if (token == JsonToken.VALUE_STRING && hasLoneSurrogate(getText())) {
            throw new JsonParseException(
                    this,
                    "not Unicode text: half of a surrogate pair stands alone in the text at byte "
                            + currentTokenLocation().getByteOffset());
        }
        return token;
    }

    /** Token by token: the parser's own way passes over strings without reading them. */
    @Override
    public JsonParser skipChildren() throws IOException {
        int depth = currentToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return this;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
