namespace ServerlessChat.Bench.Load;

internal static class Texts
{
    /// <summary>About 100 characters of Persian, with the zero-width non-joiner that it needs.</summary>
    public static string Message(int number) =>
        $"سلام، این پیام شمارهٔ {number} است؛ می‌خواهیم ببینیم فرستادن یک پیام معمولی فارسی برای برنامه چه‌قدر هزینه دارد.";
}
