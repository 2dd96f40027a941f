package org.showroomlab.reports.export.pdf;

/**
 * From the coordinates of a page's drawing, whose y grows downwards, to those of the paper.
 *
 * @param left of the drawing on the paper
 * @param top of the drawing on the paper
 */
record Coordinates(float left, float top, float scaleX, float scaleY) {
    float x(float x) {
        return left + x * scaleX;
    }

    float y(float y) {
        return top - y * scaleY;
    }

    float x(String x) {
        return x(Float.parseFloat(x));
    }

    float y(String y) {
        return y(Float.parseFloat(y));
    }

    /** These points, x and y in turn. */
    float[] points(float... xy) {
        float[] points = new float[xy.length];
        for (int i = 0; i < xy.length; i += 2) {
            points[i] = x(xy[i]);
            points[i + 1] = y(xy[i + 1]);
        }
        return points;
    }

    /** Points as a drawing has them: {@code x,y x,y}. */
    float[] points(String text) {
        String[] numbers = text.strip().split("[ ,]+", -1);
        float[] points = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            points[i] = Float.parseFloat(numbers[i]);
        }
        return points(points);
    }
}
