package org.showroomlab.ingest.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

/** Writes an event as the contract spells it; fields in a fixed order, maps by key, so equal events give equal bytes. */
final class EventJson {
    private final JsonGenerator out;

    private EventJson(JsonGenerator out) {
        this.out = out;
    }

    static byte[] write(JsonFactory json, Event event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            new EventJson(generator).event(event);
        }
        return bytes.toByteArray();
    }

    private void event(Event event) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", event.type().wireName());
        header(event.header());
        if (event instanceof Event.Visit visit) {
            out.writeStringField("visitor", visit.visitor());
            text("page", visit.page());
        } else if (event instanceof Event.CacheTiming timing) {
            cacheTiming(timing);
        } else if (event instanceof Event.Purchase purchase) {
            purchase(purchase);
        } else if (event instanceof Event.Stock stock) {
            out.writeStringField("sku", stock.sku());
            out.writeNumberField("on_hand", stock.onHand());
        }
        maps(event.header());
        out.writeEndObject();
    }

    private void header(EventHeader header) throws IOException {
        out.writeStringField("id", header.id());
        out.writeNumberField("ts", header.timestampMillis());
        out.writeStringField("showroom", header.showroom());
        text("region", header.region());
        text("market", header.market());
        text("creator", header.creator());
        text("channel", header.channel());
    }

    private void cacheTiming(Event.CacheTiming timing) throws IOException {
        out.writeStringField("cache", timing.cache());
        text("visitor", timing.visitor());
        text("served_by", timing.servedBy());
        decimal("ttl_seconds", timing.ttlSecondsMicros());
        text("status", timing.status());
        Boolean failover = timing.failover();
        if (failover != null) {
            out.writeBooleanField("failover", failover);
        }
        decimal("ttfb_ms", timing.ttfbMicros());
        decimal("fcp_ms", timing.fcpMicros());
        decimal("lcp_ms", timing.lcpMicros());
        decimal("inp_ms", timing.inpMicros());
        decimal("cls", timing.clsMicros());
    }

    private void purchase(Event.Purchase purchase) throws IOException {
        out.writeStringField("visitor", purchase.visitor());
        out.writeStringField("order", purchase.order());
        out.writeStringField("kind", purchase.kind());
        text("sku", purchase.sku());
        decimal("quantity", OptionalLong.of(purchase.quantityMicros()));
        if (purchase.amountMinor().isPresent()) {
            out.writeNumberField("amount_minor", purchase.amountMinor().getAsLong());
        }
        text("currency", purchase.currency());
        text("plan", purchase.plan());
    }

    private void maps(EventHeader header) throws IOException {
        if (!header.exposures().isEmpty()) {
            out.writeObjectFieldStart("exposures");
            for (Map.Entry<String, String> e : new TreeMap<>(header.exposures()).entrySet()) {
                out.writeStringField(e.getKey(), e.getValue());
            }
            out.writeEndObject();
        }
        if (!header.attributes().isEmpty()) {
            out.writeObjectFieldStart("attributes");
            for (Map.Entry<String, AttributeValue> e : new TreeMap<>(header.attributes()).entrySet()) {
                attribute(e.getKey(), e.getValue());
            }
            out.writeEndObject();
        }
    }

    private void attribute(String name, AttributeValue value) throws IOException {
        if (value instanceof AttributeValue.Numeric number) {
            out.writeFieldName(name);
            out.writeNumber(plain(number.value()));
        } else if (value instanceof AttributeValue.Huge number) {
            out.writeFieldName(name);
            out.writeNumber(number.shortest());
        } else if (value instanceof AttributeValue.Text text) {
            out.writeStringField(name, text.value());
        }
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private void decimal(String name, OptionalLong micros) throws IOException {
        if (micros.isPresent()) {
            out.writeFieldName(name);
            out.writeNumber(plain(BigDecimal.valueOf(micros.getAsLong(), Decimal6.DECIMAL_PLACES)));
        }
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
