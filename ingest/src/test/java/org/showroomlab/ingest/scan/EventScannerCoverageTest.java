package org.showroomlab.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;

/** The fast path is taken by what is common, so that it cannot become slow in silence. */
class EventScannerCoverageTest {
    private final ScannedEvent view = new ScannedEvent();

    @Test
    void everyValidRecordOfTheSimulation() {
        Iterator<Delivery> deliveries = Simulation.of(
                        SimulationOptions.withDefaults().withDays(30).withVisitors(500))
                .deliveries();
        int records = 0;
        int scanned = 0;
        while (deliveries.hasNext()) {
            byte[] record = deliveries.next().value();
            records++;
            if (scan(record)) {
                scanned++;
                assertThat(Views.of(view)).isEqualTo(Views.bySlowPath(record));
            } else {
                assertThat(EventCodec.decode(record)).isInstanceOf(Decoded.Refused.class);
            }
        }
        assertThat(scanned).isGreaterThan(records * 99 / 100);
    }

    @Test
    void everyEventOfTheReadme() throws IOException {
        List<String> examples = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("{\"type\""))
                .toList();
        assertThat(examples).isNotEmpty().allMatch(this::scan);
    }

    /** One event of each type with every field of the contract, in three spellings. */
    static Stream<String> fullEvents() {
        String common = "'id':'e1','ts':1768188715701,'showroom':'São João','region':'north','market':'PT',"
                + "'creator':'Conceição','channel':'walk_in','exposures':{'sub-price':'p499','gate':'gate-40'},"
                + "'attributes':{'tier':'gold','rounds':3,'score':-0.25,'since':1768188715701,'note':null}";
        List<String> compact = List.of(
                "{'type':'visit'," + common + ",'visitor':'u1','page':'install'}",
                "{'type':'cache_timing'," + common + ",'cache':'lis-1','visitor':'u1','served_by':'mad-1',"
                        + "'ttl_seconds':300,'status':'hit','failover':false,'ttfb_ms':81.5,'fcp_ms':903.25,"
                        + "'lcp_ms':1234.300000011921,'inp_ms':56,'cls':0.0125}",
                "{'type':'purchase'," + common + ",'visitor':'u1','order':'o1','kind':'subscription','sku':'k1',"
                        + "'quantity':2,'amount_minor':1999,'currency':'EUR','plan':'pro','coupon':'X','vip':true}",
                "{'type':'stock'," + common + ",'sku':'k1','on_hand':12,'depot':null,'bins':3}");
        return compact.stream()
                .flatMap(json -> Stream.of(
                        json,
                        json.replace("':", "': ").replace(",'", ", '"),
                        json.replace("1768188715701,'showroom'", "'2026-01-12T04:31:55.701234+01:00','showroom'")));
    }

    @ParameterizedTest
    @MethodSource("fullEvents")
    void everyFieldOfTheContract(String json) {
        byte[] record = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertThat(EventScanner.scan(record, 0, record.length, view)).isTrue();
        assertThat(Views.of(view)).isEqualTo(Views.bySlowPath(record));
    }

    private boolean scan(String json) {
        return scan(json.getBytes(StandardCharsets.UTF_8));
    }

    private boolean scan(byte[] record) {
        return EventScanner.scan(record, 0, record.length, view);
    }
}
