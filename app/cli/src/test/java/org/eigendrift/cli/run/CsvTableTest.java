package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    @Test
    void namesMayHaveWhatPartsCells() {
        String text = new CsvTable(List.of("round", "mean_price, net", "mean_\"odd\""))
                .row(1, 0.1, Double.NaN)
                .row(2L, -1e-20, "a\nb")
                .text();
        assertEquals("round,\"mean_price, net\",\"mean_\"\"odd\"\"\"\n1,0.1,\n2,-1.0E-20,\"a\nb\"\n", text);
    }
}
