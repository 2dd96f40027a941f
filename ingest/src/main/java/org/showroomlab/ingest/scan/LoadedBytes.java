package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;
import org.showroomlab.ingest.scan.ScannedEvent.AttributeKind;

/** The texts of a decoded event, one after the other, for the view of events that the scanner leaves to the codec. */
final class LoadedBytes {
    private byte[] bytes = new byte[1024];
    private int used;

    void load(Event event, ScannedEvent into) {
        used = 0;
        into.clear(bytes);
        into.type = event.type();
        into.timestamp[0] = event.header().timestampMillis();
        text(into, FieldNumber.TYPE, event.type().wireName());
        header(event.header(), into);
        if (event instanceof Event.Visit visit) {
            text(into, FieldNumber.VISITOR, visit.visitor());
            text(into, FieldNumber.PAGE, visit.page());
        } else if (event instanceof Event.CacheTiming timing) {
            cacheTiming(timing, into);
        } else if (event instanceof Event.Purchase purchase) {
            purchase(purchase, into);
        } else if (event instanceof Event.Stock stock) {
            text(into, FieldNumber.SKU, stock.sku());
            into.set(FieldNumber.ON_HAND, stock.onHand());
        }
        into.bytes = bytes;
    }

    private void header(EventHeader header, ScannedEvent into) {
        text(into, FieldNumber.ID, header.id());
        text(into, FieldNumber.SHOWROOM, header.showroom());
        text(into, FieldNumber.REGION, header.region());
        text(into, FieldNumber.MARKET, header.market());
        text(into, FieldNumber.CREATOR, header.creator());
        text(into, FieldNumber.CHANNEL, header.channel());
        for (Map.Entry<String, String> e : header.exposures().entrySet()) {
            into.addExposure(put(e.getKey()), put(e.getValue()));
        }
        for (Map.Entry<String, AttributeValue> e : header.attributes().entrySet()) {
            attribute(put(e.getKey()), e.getValue(), into);
        }
    }

    private void cacheTiming(Event.CacheTiming timing, ScannedEvent into) {
        Boolean failover = timing.failover();
        text(into, FieldNumber.CACHE, timing.cache());
        text(into, FieldNumber.VISITOR, timing.visitor());
        text(into, FieldNumber.SERVED_BY, timing.servedBy());
        text(into, FieldNumber.STATUS, timing.status());
        text(into, FieldNumber.FAILOVER, failover == null ? null : failover.toString());
        number(into, FieldNumber.TTL_SECONDS, timing.ttlSecondsMicros());
        number(into, FieldNumber.TTFB_MS, timing.ttfbMicros());
        number(into, FieldNumber.FCP_MS, timing.fcpMicros());
        number(into, FieldNumber.LCP_MS, timing.lcpMicros());
        number(into, FieldNumber.INP_MS, timing.inpMicros());
        number(into, FieldNumber.CLS, timing.clsMicros());
    }

    private void purchase(Event.Purchase purchase, ScannedEvent into) {
        text(into, FieldNumber.VISITOR, purchase.visitor());
        text(into, FieldNumber.ORDER, purchase.order());
        text(into, FieldNumber.KIND, purchase.kind());
        text(into, FieldNumber.SKU, purchase.sku());
        text(into, FieldNumber.CURRENCY, purchase.currency());
        text(into, FieldNumber.PLAN, purchase.plan());
        into.set(FieldNumber.QUANTITY, purchase.quantityMicros());
        number(into, FieldNumber.AMOUNT_MINOR, purchase.amountMinor());
    }

    private void attribute(long key, AttributeValue value, ScannedEvent into) {
        if (value instanceof AttributeValue.Text text) {
            into.addAttribute(key, AttributeKind.TEXT, put(text.value()));
        } else if (value instanceof AttributeValue.Huge number) {
            into.addAttribute(key, AttributeKind.NUMBER_OUT_OF_RANGE, put(number.shortest()));
        } else if (value instanceof AttributeValue.Numeric number) {
            if (Decimal6.fits(number.value(), Decimal6.DECIMAL_PLACES)) {
                long micros = Decimal6.scaled(number.value(), Decimal6.DECIMAL_PLACES);
                into.addAttribute(key, AttributeKind.NUMBER, micros);
            } else {
                String digits = number.value().stripTrailingZeros().toPlainString();
                into.addAttribute(key, AttributeKind.NUMBER_OUT_OF_RANGE, put(digits));
            }
        }
    }

    private void text(ScannedEvent into, int field, @Nullable String text) {
        if (text != null) {
            into.set(field, put(text));
        }
    }

    private static void number(ScannedEvent into, int field, OptionalLong number) {
        if (number.isPresent()) {
            into.set(field, number.getAsLong());
        }
    }

    private long put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (used + utf8.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + utf8.length));
        }
        System.arraycopy(utf8, 0, bytes, used, utf8.length);
        long region = ScannedEvent.region(used, utf8.length);
        used += utf8.length;
        return region;
    }
}
