type Source<T> = AsyncIterator<T> | Iterator<T>;

interface StreamEnds {
  /** Called once when the reader goes away. */
  onCancel?: () => void;
  /** The last piece when the source fails on the way; absent: the stream itself fails. */
  lastWords?: (error: unknown) => Uint8Array;
}

/**
 * A byte stream that pulls from an iterator only as fast as it is read. The first piece is fetched before the
 * answer begins, so that a source that refuses at once still gets its status code.
 */
export async function streamOf<T>(
  source: Source<T>,
  encode: (value: T) => Uint8Array,
  ends: StreamEnds = {},
) {
  let first: IteratorResult<T> | null = await source.next();
  let cancelled = false;
  return new ReadableStream<Uint8Array<ArrayBufferLike>>(
    {
      async pull(controller) {
        try {
          const item = first ?? (await source.next());
          first = null;
          if (cancelled) return;
          if (item.done) controller.close();
          else controller.enqueue(encode(item.value));
        } catch (error) {
          if (cancelled) return;
          if (!ends.lastWords) throw error;
          controller.enqueue(ends.lastWords(error));
          controller.close();
        }
      },
      cancel() {
        cancelled = true;
        ends.onCancel?.();
        // not awaited: a generator answers only after the piece it is waiting for
        void Promise.resolve(source.return?.()).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}
