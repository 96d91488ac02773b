using System.Net;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Tables;

/// <summary>Whatever comes back, the failure is a <see cref="TableRequestFailedException"/> with the status that came.</summary>
public sealed class ErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"Bad."}}}""", "InvalidInput", "Bad.")]
    [InlineData("""{"error":{"code":"InvalidInput","message":"Bad."}}""", "InvalidInput", "Bad.")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><Error><Code>InvalidHeaderValue</Code><Message>A &lt; B</Message></Error>", "InvalidHeaderValue", "A < B")]
    [InlineData("<m:error xmlns:m=\"x\"><code>InvalidInput</code><message xml:lang=\"en\">", "InvalidInput", "No message.")]
    [InlineData("", null, "No message.")]
    [InlineData("   ", null, "No message.")]
    [InlineData("{\"odata.error\":{\"code\":\"InvalidInput\",\"mess", "InvalidInput", "No message.")]
    [InlineData("{\"odata.error\":7}", null, "No message.")]
    [InlineData("<html><h1>Bad gateway</h1>", null, "No message.")]
    [InlineData("plain text", null, "No message.")]
    public async Task An_Error_Is_Read_Whatever_Its_Form(string body, string? code, string message)
    {
        using FakeService service = new((_, _) => FakeService.Answer(HttpStatusCode.BadRequest, body));

        TableRequestFailedException single = await Assert.ThrowsAsync<TableRequestFailedException>(() => service.Table().AddEntityAsync(new TableEntity("p", "r"), Cancel));
        TableTransactionFailedException batch = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => service.Table().SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))], Cancel));

        Assert.Equal((400, code), (single.Status, single.ErrorCode));
        Assert.Equal((400, code, null), (batch.Status, batch.ErrorCode, batch.FailedTransactionActionIndex));
        Assert.EndsWith(message, single.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Header_Decides_The_Code()
    {
        using FakeService service = new(static (_, _) =>
        {
            HttpResponseMessage answer = FakeService.Answer(HttpStatusCode.Forbidden, "<html>");
            answer.Headers.Add("x-ms-error-code", "AuthenticationFailed");
            return answer;
        });

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(
            () => service.Table().GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancel));

        Assert.Equal((403, "AuthenticationFailed"), (e.Status, e.ErrorCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\n--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 ")]
    [InlineData("--b\r\n--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")]
    public async Task A_Transaction_That_Is_Not_Answered_In_Full_Is_A_Failure(string body)
    {
        using FakeService service = new((_, _) => FakeService.Answer(HttpStatusCode.Accepted, body, "multipart/mixed"));

        TableRequestFailedException e = await Assert.ThrowsAsync<TableRequestFailedException>(() => service.Table().SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("p", "1")), new(TableTransactionActionType.Add, new TableEntity("p", "2"))], Cancel));

        Assert.Equal(0, e.Status);
    }

    [Theory]
    [InlineData("{\"odata.error\":{\"code\":\"InvalidInput\",\"message\":{\"value\":\"99:At most 100.\"}}}\r\n--c--", "InvalidInput", 99)]
    [InlineData("--c\r\n", null, null)]
    [InlineData("", null, null)]
    [InlineData("{\"odata.error\":{\"code\":\"X\",\"message\":{\"value\":\"No: index\"}}}", "X", null)]
    public async Task An_Inner_Failure_Is_Read_Whatever_Surrounds_It(string inner, string? code, int? index)
    {
        string body = "--b\r\n--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 400 Bad Request\r\nDataServiceVersion: 3.0;\r\n\r\n" + inner;
        using FakeService service = new((_, _) => FakeService.Answer(HttpStatusCode.Accepted, body, "multipart/mixed"));

        TableTransactionFailedException e = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => service.Table().SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "1"))], Cancel));

        Assert.Equal((400, code, index), (e.Status, e.ErrorCode, e.FailedTransactionActionIndex));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{\"PartitionKey\":\"p\",\"A@odata.type\":\"Edm.Int64\",\"A\":\"x\"}")]
    [InlineData("{\"PartitionKey\":\"p\",\"A\":{}}")]
    public async Task A_Row_That_Can_Not_Be_Read_Is_A_Failure(string body)
    {
        using FakeService service = new((_, _) => FakeService.Answer(HttpStatusCode.OK, body));

        await Assert.ThrowsAsync<TableRequestFailedException>(() => service.Table().GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"value\":[{\"A\":1}")]
    [InlineData("{\"value\":[")]
    [InlineData("{\"value\":7}")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task A_Page_That_Can_Not_Be_Read_Is_A_Failure_And_Not_An_Empty_Page(string body)
    {
        using FakeService service = new((_, _) => FakeService.Answer(HttpStatusCode.OK, body));

        await Assert.ThrowsAsync<TableRequestFailedException>(
            async () => await service.Table().QueryAsync<TableEntity>("PartitionKey eq 'p'", cancellationToken: Cancel).ToListAsync(Cancel));
    }
}
